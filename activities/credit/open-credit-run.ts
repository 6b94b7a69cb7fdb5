import { ApplicationFailure } from '@temporalio/common';
import { openRun, readRun, setRunStatus } from '../../db/credit/runs.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { keepDeskRecord } from '../../intake/desk/keep-desk-record.ts';
import { runPeriod } from '../../rules/credit/run-period.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { civilDate } from '../../rules/calendar/civil-date.ts';
import type { CreditRunInput } from '../../workflows/messages.ts';
import { act, type ActivityDeps } from '../deps.ts';
import type { RunAt, RunStep } from './contract.ts';

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';

/** Opens a run under its id, with the definitions of the day it judges; again changes nothing. One of a kind at a time. */
export const openCreditRun =
  (deps: ActivityDeps) =>
  async (input: CreditRunInput & { runId: string }): Promise<RunStep> => {
    const { companyId, runId, kind, dry, startedBy } = input;
    const month = input.month === null ? null : civilDate(input.month);
    const period = runPeriod(kind, month, civilDateAt(Date.now()));
    try {
      return await act(deps, input, async (tx) => {
        const policy = await readCreditPolicy(tx, companyId, period.asOf);
        if ((await readRun(tx, runId)) === undefined) {
          await openRun(tx, { runId, companyId, kind, ...period, dry, policy, startedBy });
          await keepDeskRecord(tx, companyId, {
            action: 'credit.run-opened',
            by: startedBy,
            body: { runId, kind, ...period, dry, policyVersion: policy.version },
          });
        }
        const run = await readRun(tx, runId);
        return { done: run?.done ?? 0, total: run?.total ?? 0, finished: false };
      });
    } catch (error) {
      if (!isTaken(error)) throw error;
      throw ApplicationFailure.nonRetryable('another run is under way', 'RunUnderWay');
    }
  };

export const setCreditRunStatus =
  (deps: ActivityDeps) =>
  (at: RunAt & { status: 'running' | 'paused' | 'done' | 'cancelled' }): Promise<void> =>
    act(deps, at, (tx) => setRunStatus(tx, at));
