import { findIdleWatches } from '../../db/watch/find-idle-watches.ts';
import { findLateCases } from '../../db/watch/find-late-cases.ts';
import { findLateRestorations } from '../../db/watch/find-late-restorations.ts';
import { findUndelivered } from '../../db/watch/find-undelivered.ts';
import { finishRun } from '../../db/watch/finish-run.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { watchLimitsAt } from '../../rules/parameters/watch-limits.ts';
import { act } from '../deps.ts';
import { findTroubledWorkflows, findWorkflowFaults } from './find-workflow-faults.ts';
import { settleAlarms, type Settled } from './settle-alarms.ts';
import type { WatchDeps } from './watch-deps.ts';

/** Every kind of alarm that this watch raises and clears; each has its section in docs/operating.md. */
export const WATCHED_KINDS = [
  'case-late',
  'restoration-late',
  'restoration-not-begun',
  'outbox-undelivered',
  'stand-down-unacknowledged',
  'subscriber-away',
  'watch-not-run',
  'workflow-missing',
  'workflow-failed',
  'workflow-task-failing',
] as const;

/** Looks for what is late or stuck, by the books and by the engine, and settles the alarms. The clock is the worker's own. */
export const watchOperations =
  (deps: WatchDeps) =>
  async (at: { companyId: string }): Promise<Settled> => {
    const nowMs = Date.now();
    const limits = watchLimitsAt(civilDateAt(nowMs));
    const inBooks = await act(deps, at, async (tx) => [
      ...(await findLateRestorations(tx, limits)),
      ...(await findUndelivered(tx, limits)),
      ...(await findLateCases(tx, limits)),
      ...(await findIdleWatches(tx, limits)),
    ]);
    const inEngine = [
      ...(await findWorkflowFaults(deps, at)),
      ...(await findTroubledWorkflows(deps, at, nowMs)),
    ];
    const settled = await settleAlarms(deps, at, {
      kinds: WATCHED_KINDS,
      findings: [...inBooks, ...inEngine],
      nowMs,
    });
    await act(deps, at, (tx) => finishRun(tx, at.companyId, 'operations-watch', settled.standing));
    return settled;
  };
