import { endPaidHolds } from '../../intake/holds/end-paid-holds.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { standDown } from '../../intake/stand-down.ts';
import { takeAccount } from '../../intake/take-account.ts';
import type { CaseOutcome } from '../../workflows/messages.ts';
import type { CaseMoment } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';

/** What a case leaves behind when it ends without a stop: nothing that could still act on the customer. */
const CLOSE_PARTS = [
  `update stop_plans set status = 'withdrawn' where case_id = $1 and status in ('planned', 'approved', 'fixed')`,
  `update approvals set status = 'void' where case_id = $1 and status in ('pending', 'approved')`,
  `update notices set status = 'stale' where case_id = $1 and (status = 'prepared' or (status = 'served' and kind = 'red'))`,
  `update capacity_reservations set released_at = clock_timestamp() where case_id = $1 and released_at is null`,
] as const;

/** Closes a case: crews are recalled, papers go stale, reserved capacity is given back (T2.8). Asked twice, it closes once. */
export const closeCase =
  (deps: ActivityDeps) =>
  (at: CaseMoment & { outcome: CaseOutcome; reason: string }): Promise<void> =>
    act(deps, at, async (tx) => {
      const account = await takeAccount(tx, { accountId: at.accountId });
      const closed = await tx.run(
        `update cases set status = 'closed', outcome = $2, stage = $3, stage_since = $4, closed_at = $4, next_wake_at = null
          where case_id = $1 and status = 'open'`,
        [at.caseId, at.outcome, at.outcome === 'stopped' ? 'stopped' : 'closed', iso(at.nowMs)],
      );
      if (closed === 0) return;
      if (at.outcome !== 'stopped') {
        await standDown(tx, account, `case-closed:${at.outcome}`);
        for (const part of CLOSE_PARTS) await tx.run(part, [at.caseId]);
      }
      if (at.outcome === 'paid') await endPaidHolds(tx, account);
      await tx.run(
        `update tasks set done_at = $2, outcome = 'case-closed'
          where case_id = $1 and done_at is null and kind not in ('explain-miss', 'restore-by-hand', 'check-claim')`,
        [at.caseId, iso(at.nowMs)],
      );
      await keepRecord(tx, account, {
        action: 'case.closed',
        factId: at.caseId,
        actor: 'fudian',
        occurredAt: iso(at.nowMs),
        body: { caseId: at.caseId, outcome: at.outcome, reason: at.reason },
      });
    });
