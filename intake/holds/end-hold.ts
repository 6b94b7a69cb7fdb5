import { putOutbox } from '../../db/outbox/put-outbox.ts';
import type { HoldKind } from '../../rules/holds/hold-kind.ts';
import { endsHold, type HoldEnding } from '../../rules/holds/what-ends-a-hold.ts';
import { undoDowngrades } from '../credit/objections/undo-downgrades.ts';
import { regradeNow } from '../credit/regrade-now.ts';
import { wakeMatters } from '../credit/wake-matters.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { answerAsked } from './plan-asked.ts';
import { triggerIfStopped } from './trigger-if-stopped.ts';

const SAYS_PAID: ReadonlySet<HoldEnding> = new Set(['plan-kept', 'claim-checked']);

/** A fact that ends a hold before its time; what follows is a new plan, never a continued countdown. */
export interface HoldEnded {
  holdId: string;
  ending: HoldEnding;
  reason: string;
  by: string;
}

/**
 * Ends a hold: a plan kept or broken, a dispute decided, an order lifted, a claim checked (L5, L10, R3). An upheld dispute
 * restores supply that is off (L3). Told twice it changes nothing.
 * @throws IntakeRefused `unknown-hold` (404), `hold-already-ended`, `ending-does-not-fit`, `four-eyes` (409)
 */
export function endHold(intake: Intake, fact: HoldEnded): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string }>('select account_id from holds where hold_id = $1', [
      fact.holdId,
    ]);
    if (of === undefined) throw new IntakeRefused('unknown-hold', 404, { what: 'hold' });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const hold = await tx.row<{
      kind: HoldKind;
      ended_at: string | null;
      end_reason: string | null;
      set_by: string;
    }>('select kind, ended_at, end_reason, set_by from holds where hold_id = $1', [fact.holdId]);
    if (hold === undefined) throw new IntakeRefused('unknown-hold', 404, { what: 'hold' });
    if (hold.ended_at !== null) {
      if (hold.end_reason === fact.ending) return;
      // The payment itself has said that the plan was kept and the claim true.
      if (hold.end_reason === 'paid' && SAYS_PAID.has(fact.ending)) return;
      // A second, other decision is told that it came too late, never taken silently.
      throw new IntakeRefused('hold-already-ended', 409, { ending: hold.end_reason ?? '' });
    }
    if (!endsHold(hold.kind, fact.ending))
      throw new IntakeRefused('ending-does-not-fit', 409, { kind: hold.kind, ending: fact.ending });
    // Whoever took the dispute down may not be the one who decides it (L5, L7).
    if (hold.kind === 'dispute' && hold.set_by === fact.by) throw new IntakeRefused('four-eyes', 409);
    const at = new Date(account.nowMs).toISOString();
    await tx.run(`update holds set ended_at = $2, end_reason = $3 where hold_id = $1`, [
      fact.holdId,
      at,
      fact.ending,
    ]);
    await tx.run(
      `update tasks set done_at = $2, outcome = $3 where ref = $1 and kind = 'check-claim' and done_at is null`,
      [fact.holdId, at, fact.ending],
    );
    if (hold.kind === 'plan-asked') await answerAsked(tx, account, fact.ending);
    if (hold.kind === 'moved-out')
      await tx.run('update accounts set moved_out_on = null where account_id = $1', [account.accountId]);
    if (hold.kind === 'dispute')
      await wakeMatters(tx, account, { kind: 'dispute-decided', factId: fact.holdId });
    if (fact.ending === 'dispute-upheld') {
      await triggerIfStopped(tx, account, 'dispute-upheld', fact.holdId);
      // Whatever the disputed debt did to the customer's credit goes with it (L5).
      await regradeNow(tx, account, { cause: 'major-change', factId: fact.holdId, by: fact.by });
      await undoDowngrades(tx, account, 'dispute-upheld');
    }
    if (hold.kind === 'dispute')
      await putOutbox(tx, account.companyId, {
        kind: 'signal-report',
        key: `signal-report/dispute/${fact.holdId}`,
        payload: {
          subject: 'dispute',
          subjectId: fact.holdId,
          signal: { kind: 'decided', factId: fact.holdId },
        },
      });
    await keepRecord(tx, account, {
      action: 'hold.ended',
      factId: fact.holdId,
      actor: fact.by,
      occurredAt: at,
      body: { holdId: fact.holdId, kind: hold.kind, ending: fact.ending },
    });
    await tellCase(tx, account, 'hold-ended', fact.holdId);
  });
}
