import { readCalendar } from '../../../db/calendar/read-calendar.ts';
import { handInObjection } from '../../../db/credit/had-hand.ts';
import { wakeMeasures } from '../../../db/credit/put-measures.ts';
import type { Tx } from '../../../db/database.ts';
import { putOutbox } from '../../../db/outbox/put-outbox.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { objectionActs } from '../../../rules/credit/matter-acts.ts';
import { IntakeRefused, type Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import { takeAccount, type AccountInHand } from '../../take-account.ts';
import { tellMatter } from '../tell-matter.ts';
import { wakeMatters } from '../wake-matters.ts';
import { mendHarm } from './mend-harm.ts';
import { requireFact } from './names-fact.ts';
import { LATE_SUBJECTS } from './report-when-late.ts';

/** How an objection ends. */
export interface ObjectionDecided {
  objectionId: string;
  decision: 'upheld' | 'partly-upheld' | 'rejected' | 'withdrawn';
  /** In words for the customer; sealed. */
  reason: string;
  /** Records found wrong, beside the one objected to. */
  recordIds: readonly string[];
  by: string;
}

interface ObjectionRow {
  scheme: string;
  subject_id: string | null;
  status: string;
  filed_by: string;
  occurred_at: string;
  decided_at: string | null;
  outside_check: boolean;
  due_at: string;
}

/** @throws IntakeRefused the first reason against this person's decision (409) */
async function requireMay(
  tx: Tx,
  account: AccountInHand,
  objection: ObjectionRow,
  fact: ObjectionDecided,
): Promise<void> {
  const hand = await tx.row<{ had: boolean }>(`select ${handInObjection('$1', '$3', '$2')} as had`, [
    account.accountId,
    fact.by,
    objection.subject_id,
  ]);
  const state = {
    ...{ isDecided: objection.decided_at !== null, filedBy: objection.filed_by },
    ...{ isCheckedOutside: objection.outside_check, dueAtMs: Date.parse(objection.due_at) },
  };
  const acts = objectionActs(state, { by: fact.by, hadHand: hand?.had ?? true }, account.nowMs);
  const [against] = fact.decision === 'withdrawn' ? acts.withdraw : acts.decide;
  if (against !== undefined) throw new IntakeRefused(against.code, 409);
}

/** Nothing else is under objection: what rested goes on, with the days that were left. */
async function resume(tx: Tx, account: AccountInHand, objection: ObjectionRow): Promise<void> {
  const other = await tx.row(
    'select 1 from credit_objections where account_id = $1 and decided_at is null limit 1',
    [account.accountId],
  );
  if (other !== undefined) return;
  // With several objections it rested since the first of them, whichever is decided last.
  const since = await tx.row<{ objected_at: string | null }>(
    'select objected_at from credit_standings where account_id = $1',
    [account.accountId],
  );
  await tx.run('update credit_standings set objected_at = null where account_id = $1', [account.accountId]);
  await wakeMeasures(tx, {
    accountId: account.accountId,
    restedFrom: civilDateAt(Date.parse(since?.objected_at ?? objection.occurred_at)),
    resumedOn: civilDateAt(account.nowMs),
    calendar: await readCalendar(tx, account.companyId),
  });
}

async function settle(tx: Tx, account: AccountInHand, fact: ObjectionDecided, at: string): Promise<void> {
  const { companyId, accountId } = account;
  await tx.run(`update tasks set done_at = $2, outcome = $3 where task_id = $1 and done_at is null`, [
    `task/${fact.objectionId}`,
    at,
    fact.decision,
  ]);
  const signal = { kind: 'decided', factId: fact.objectionId };
  for (const subject of LATE_SUBJECTS)
    await putOutbox(tx, companyId, {
      kind: 'signal-report',
      key: `signal-report/${subject}/${fact.objectionId}`,
      payload: { subject, subjectId: fact.objectionId, signal },
    });
  await tellMatter(tx, { companyId, accountId, kind: 'objection', subjectId: fact.objectionId }, signal);
}

/**
 * Decides an objection (K8.2, L5). Upheld: what was wrong counts no more, everything it harmed is taken back, and the customer is
 * judged anew. Decided twice the same way it changes nothing.
 * @throws IntakeRefused `unknown-objection`, `unknown-record` (404), `four-eyes`, `already-decided` (409), `upheld-names-no-fact` (422)
 */
export function decideObjection(intake: Intake, fact: ObjectionDecided): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string }>(
      'select account_id from credit_objections where objection_id = $1',
      [fact.objectionId],
    );
    if (of === undefined) throw new IntakeRefused('unknown-objection', 404, { what: 'objection' });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const objection = await tx.row<ObjectionRow>(
      `select scheme, subject_id, status, filed_by, occurred_at, decided_at, outside_check, due_at from credit_objections where objection_id = $1`,
      [fact.objectionId],
    );
    if (objection === undefined) throw new IntakeRefused('unknown-objection', 404, { what: 'objection' });
    if (objection.decided_at !== null && objection.status === fact.decision) return;
    await requireMay(tx, account, objection, fact);
    const isUpheld = fact.decision === 'upheld' || fact.decision === 'partly-upheld';
    if (isUpheld) {
      const { scheme, subject_id: subjectId } = objection;
      await requireFact(tx, account, { ...fact, scheme, subjectId });
    }
    const at = new Date(account.nowMs).toISOString();
    await tx.run(
      `update credit_objections set status = $2, decided_by = case when $2 = 'withdrawn' then null else $3 end,
              decided_at = $4, decision_enc = $5 where objection_id = $1`,
      [fact.objectionId, fact.decision, fact.by, at, intake.vault.seal(fact.reason)],
    );
    await resume(tx, account, objection);
    if (isUpheld)
      await mendHarm(tx, intake.vault, account, {
        ...{ factId: fact.objectionId, cause: 'objection-upheld', reason: fact.reason, by: fact.by },
        exportIds:
          objection.scheme === 'export' && objection.subject_id !== null ? [objection.subject_id] : [],
        endsAdjustment: objection.scheme === 'score',
        recordIds: [
          ...(objection.scheme === 'record' && objection.subject_id !== null ? [objection.subject_id] : []),
          ...fact.recordIds,
        ],
      });
    await wakeMatters(tx, account, { kind: 'objection-decided', factId: fact.objectionId });
    await settle(tx, account, fact, at);
    await keepRecord(tx, account, {
      ...{ action: 'credit.objection-decided', factId: fact.objectionId, actor: fact.by, occurredAt: at },
      body: { objectionId: fact.objectionId, decision: fact.decision },
    });
  });
}
