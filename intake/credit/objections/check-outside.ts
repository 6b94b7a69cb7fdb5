import { readCalendar } from '../../../db/calendar/read-calendar.ts';
import { readCreditPolicy } from '../../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../../db/database.ts';
import { addDays } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { objectionActs } from '../../../rules/credit/matter-acts.ts';
import { objectionDueOn } from '../../../rules/credit/remedy-clock.ts';
import { IntakeRefused, type Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import { takeAccount, type AccountInHand } from '../../take-account.ts';
import { tellMatter } from '../tell-matter.ts';
import { reportWhenLate } from './report-when-late.ts';

interface Row {
  filed_by: string;
  decided_at: string | null;
  outside_check: boolean;
  due_at: string;
  occurred_at: string;
}

async function requireMay(tx: Tx, account: AccountInHand, objectionId: string, by: string): Promise<Row> {
  const row = await tx.row<Row>(
    'select filed_by, decided_at, outside_check, due_at, occurred_at from credit_objections where objection_id = $1',
    [objectionId],
  );
  if (row === undefined) throw new IntakeRefused('unknown-objection', 404, { what: 'objection' });
  const state = {
    ...{ isDecided: row.decided_at !== null, filedBy: row.filed_by },
    ...{ isCheckedOutside: row.outside_check, dueAtMs: Date.parse(row.due_at) },
  };
  const [against] = objectionActs(state, { by, hadHand: false }, account.nowMs)['check-outside'];
  if (against !== undefined) throw new IntakeRefused(against.code, 409);
  return row;
}

/**
 * Somebody outside has to be asked about an objection: seven working days since it was filed instead of three, said before the three
 * are over and once (L5). What is adverse rests on. @throws IntakeRefused `unknown-objection` (404), `already-decided`,
 * `checked-outside-already`, `objection-late` (409)
 */
export function checkOutside(
  intake: Intake,
  fact: { objectionId: string; reason: string; by: string },
): Promise<{ dueAt: string }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { objectionId, by } = fact;
    const of = await tx.row<{ account_id: string }>(
      'select account_id from credit_objections where objection_id = $1',
      [objectionId],
    );
    if (of === undefined) throw new IntakeRefused('unknown-objection', 404, { what: 'objection' });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const row = await requireMay(tx, account, objectionId, by);
    const filedOn = civilDateAt(Date.parse(row.occurred_at));
    const { remedies } = await readCreditPolicy(tx, account.companyId, filedOn);
    const dueOn = objectionDueOn(filedOn, true, remedies, await readCalendar(tx, account.companyId));
    const dueMs = epochMsOf(addDays(dueOn, 1), 0);
    const [at, dueAt] = [new Date(account.nowMs).toISOString(), new Date(dueMs).toISOString()];
    await tx.run(
      `update credit_objections set status = 'checking', outside_check = true, outside_enc = $2, extended_at = $3, due_at = $4
        where objection_id = $1`,
      [objectionId, intake.vault.seal(fact.reason), at, dueAt],
    );
    await tx.run('update tasks set due_at = $2 where task_id = $1 and done_at is null', [
      `task/${objectionId}`,
      dueAt,
    ]);
    await reportWhenLate(tx, account, { subject: 'objection-outside', objectionId, dueMs });
    const { companyId, accountId } = account;
    await tellMatter(
      tx,
      { companyId, accountId, kind: 'objection', subjectId: objectionId },
      { kind: 'checking', factId: objectionId },
    );
    await keepRecord(tx, account, {
      ...{ action: 'credit.objection-checking', factId: objectionId, actor: by, occurredAt: at },
      body: { objectionId, dueAt },
    });
    return { dueAt };
  });
}
