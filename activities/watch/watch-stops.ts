import { heartbeat, log } from '@temporalio/activity';
import { caseNowMs } from '../../db/case-clock.ts';
import { finishRun } from '../../db/watch/finish-run.ts';
import { restoreIfCleared } from '../../intake/restorations/restore-if-cleared.ts';
import { readBillingOf } from '../live/read-billing-now.ts';
import { act, companyScope, type ActivityDeps } from '../deps.ts';

const PAGE = 50;

interface StopRow {
  stop_id: string;
  account_id: string;
  centre_id: string;
}

function passOver(stop: StopRow, error: unknown): number {
  log.warn('stop in force not looked at in full', { stopId: stop.stop_id, error: String(error) });
  return 0;
}

/**
 * Looks at the payments of the next stops in force (T3.2): billing live, and a debt that is gone without a payment event
 * (written off, corrected) starts restoration too. Where billing cannot be read, what is stored already is looked at all the same.
 */
export const watchStops =
  (deps: ActivityDeps) =>
  async (at: { companyId: string; after: string }): Promise<{ found: number; next: string | null }> => {
    const stops = await act(deps, at, (tx) =>
      tx.rows<StopRow>(
        `select stop_id, account_id, centre_id from stops where in_force and stop_id > $1 order by stop_id limit ${PAGE}`,
        [at.after],
      ),
    );
    let found = 0;
    for (const stop of stops) {
      heartbeat(stop.stop_id);
      const nowMs = await act(deps, at, (tx) => caseNowMs(tx, stop.account_id));
      const moment = { companyId: at.companyId, centreId: stop.centre_id, accountId: stop.account_id, nowMs };
      // One customer whose figures cannot be read keeps nobody else in the dark.
      found += await readBillingOf(deps, moment).then(
        (read) => read.unseenPayments,
        (error: unknown) => passOver(stop, error),
      );
      const intake = { db: deps.db, vault: deps.vault, scope: companyScope(at) };
      await restoreIfCleared(intake, { accountId: stop.account_id }).catch((error: unknown) =>
        passOver(stop, error),
      );
    }
    const last = stops.at(-1);
    const next = stops.length === PAGE && last !== undefined ? last.stop_id : null;
    if (next === null) await act(deps, at, (tx) => finishRun(tx, at.companyId, 'payment-watch', found));
    return { found, next };
  };
