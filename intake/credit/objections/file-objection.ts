import { randomUUID } from 'node:crypto';
import { readCalendar } from '../../../db/calendar/read-calendar.ts';
import { restMeasures } from '../../../db/credit/put-measures.ts';
import { readCreditPolicy } from '../../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../../db/database.ts';
import { putTask } from '../../../db/tasks/put-task.ts';
import { addDays } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { objectionDueOn } from '../../../rules/credit/remedy-clock.ts';
import { IntakeRefused, type Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import { takeAccount, type AccountInHand } from '../../take-account.ts';
import { startMatter } from '../tell-matter.ts';
import { wakeMatters } from '../wake-matters.ts';
import { reportWhenLate } from './report-when-late.ts';

/** A customer says that a rating, a record or a report is wrong (K8.2). */
export type NewObjection = ({ accountNo: string } | { accountId: string }) & {
  scheme: 'grade' | 'score' | 'colour' | 'record' | 'export';
  /** The record or export; left out where it is the standing itself. */
  subjectId?: string;
  words: string;
  channel: 'web' | 'hotline' | 'counter' | 'letter';
  /** Somebody outside the company has to be asked: seven working days instead of three (L5). */
  outsideCheck?: boolean;
  by: string;
};

export interface ObjectionFiled {
  objectionId: string;
  dueAt: string;
}

const SUBJECTS: Readonly<Record<string, string>> = {
  record: 'select 1 from credit_records where record_id = $1 and account_id = $2',
  export: 'select 1 from credit_exports where export_id = $1 and account_id = $2',
};

async function checkSubject(tx: Tx, account: AccountInHand, fact: NewObjection): Promise<void> {
  const question = SUBJECTS[fact.scheme];
  if (question === undefined) return;
  const found =
    fact.subjectId === undefined ? undefined : await tx.row(question, [fact.subjectId, account.accountId]);
  if (found === undefined) throw new IntakeRefused('unknown-subject', 404, { what: fact.scheme });
}

/** From this moment nothing adverse works on this customer until it is decided (L5). */
async function suspend(tx: Tx, account: AccountInHand, at: string): Promise<void> {
  await tx.run(`update credit_standings set objected_at = coalesce(objected_at, $2) where account_id = $1`, [
    account.accountId,
    at,
  ]);
  await restMeasures(tx, account.accountId);
}

async function watch(tx: Tx, account: AccountInHand, objectionId: string, dueMs: number): Promise<void> {
  const { companyId, centreId, accountId, nowMs } = account;
  await putTask(tx, {
    ...{ companyId, centreId, accountId, nowMs, caseId: null, assignee: null },
    ...{ taskId: `task/${objectionId}`, kind: 'decide-objection', role: 'credit-officer', ref: objectionId },
    ...{ notBeforeMs: nowMs, dueAtMs: dueMs },
  });
  await reportWhenLate(tx, account, { subject: 'objection', objectionId, dueMs });
  await startMatter(tx, { companyId, centreId, accountId, kind: 'objection', subjectId: objectionId });
}

/**
 * Takes an objection: flagged at once, adverse effects rest, its clock runs (K8.2, L5). The same matter objected to twice is
 * one open objection. @throws IntakeRefused `unknown-account`, `unknown-subject` (404)
 */
export function fileObjection(intake: Intake, fact: NewObjection): Promise<ObjectionFiled> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(
      tx,
      'accountId' in fact ? { accountId: fact.accountId } : { accountNo: fact.accountNo },
    );
    await checkSubject(tx, account, fact);
    const known = await tx.row<ObjectionFiled>(
      `select objection_id as "objectionId", due_at as "dueAt" from credit_objections
        where account_id = $1 and scheme = $2 and subject_id is not distinct from $3 and decided_at is null limit 1`,
      [account.accountId, fact.scheme, fact.subjectId ?? null],
    );
    if (known !== undefined) return known;
    const today = civilDateAt(account.nowMs);
    const { remedies } = await readCreditPolicy(tx, account.companyId, today);
    const calendar = await readCalendar(tx, account.companyId);
    const dueOn = objectionDueOn(today, fact.outsideCheck === true, remedies, calendar);
    const dueMs = epochMsOf(addDays(dueOn, 1), 0);
    const [objectionId, at] = [`objection/${randomUUID()}`, new Date(account.nowMs).toISOString()];
    await tx.run(
      `insert into credit_objections (objection_id, company_id, centre_id, account_id, scheme, subject_id, words_enc, status,
                                      outside_check, due_at, filed_by, channel, occurred_at)
       values ($1, $2, $3, $4, $5, $6, $7, case when $8 then 'checking' else 'open' end, $8, $9, $10, $11, $12)`,
      [
        ...[objectionId, account.companyId, account.centreId, account.accountId, fact.scheme],
        ...[fact.subjectId ?? null, intake.vault.seal(fact.words), fact.outsideCheck === true],
        ...[new Date(dueMs).toISOString(), fact.by, fact.channel, at],
      ],
    );
    await suspend(tx, account, at);
    await wakeMatters(tx, account, { kind: 'objection-filed', factId: objectionId });
    await watch(tx, account, objectionId, dueMs);
    await keepRecord(tx, account, {
      action: 'credit.objection-filed',
      factId: objectionId,
      actor: fact.by,
      occurredAt: at,
      body: { objectionId, scheme: fact.scheme, dueAt: new Date(dueMs).toISOString() },
    });
    return { objectionId, dueAt: new Date(dueMs).toISOString() };
  });
}
