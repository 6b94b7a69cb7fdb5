import { randomUUID } from 'node:crypto';
import { readCalendar } from '../../../db/calendar/read-calendar.ts';
import { readCreditPolicy } from '../../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../../db/database.ts';
import { putOutbox } from '../../../db/outbox/put-outbox.ts';
import { putTask } from '../../../db/tasks/put-task.ts';
import { addDays } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { verifyDueOn } from '../../../rules/credit/remedy-clock.ts';
import { IntakeRefused, type Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import { takeAccount, type AccountInHand } from '../../take-account.ts';
import { startMatter } from '../tell-matter.ts';

/** A customer who corrected a breach asks for their grade back (K7.1). */
export interface NewRepair {
  accountNo: string;
  /** The record to be repaired; left out where it is the arrears behind a grade. */
  recordId?: string;
  words: string;
  by: string;
}

const RUNGS = ['team-leader', 'station-head', 'marketing-manager', 'company-head'];
const RUNG_EVERY_MS = 24 * 3_600_000;

async function requireRecord(tx: Tx, account: AccountInHand, recordId: string): Promise<void> {
  const record = await tx.row<{ annulled: boolean }>(
    `select exists (select from credit_annulments a where a.record_id = r.record_id) as annulled
       from credit_records r where record_id = $1 and account_id = $2`,
    [recordId, account.accountId],
  );
  if (record === undefined) throw new IntakeRefused('unknown-record', 404, { what: 'record' });
  if (record.annulled) throw new IntakeRefused('counts-no-more', 409);
}

/** Somebody has to verify it in time; after that it is reported upward. */
async function watch(tx: Tx, account: AccountInHand, repairId: string, dueMs: number): Promise<void> {
  const { companyId, centreId, accountId, nowMs } = account;
  await putTask(tx, {
    ...{ companyId, centreId, accountId, nowMs, caseId: null, assignee: null },
    ...{ taskId: `task/verify/${repairId}`, kind: 'verify-repair', role: 'credit-officer', ref: repairId },
    ...{ notBeforeMs: nowMs, dueAtMs: dueMs },
  });
  await putOutbox(tx, companyId, {
    kind: 'start-report',
    key: `start-report/repair/${repairId}`,
    payload: {
      input: {
        ...{ companyId, centreId, accountId, subject: 'repair', subjectId: repairId, rungs: RUNGS },
        ...{ firstRungAtMs: dueMs, rungEveryMs: RUNG_EVERY_MS },
        text: `repair not verified in time: ${repairId}`,
      },
    },
  });
  await startMatter(tx, { companyId, centreId, accountId, kind: 'repair', subjectId: repairId });
}

/**
 * Takes an application for repair (K7.1). Asked twice while it is open it is one.
 * @throws IntakeRefused `unknown-account`, `unknown-record` (404), `counts-no-more` (409)
 */
export function applyForRepair(
  intake: Intake,
  fact: NewRepair,
): Promise<{ repairId: string; verifyDueAt: string }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    if (fact.recordId !== undefined) await requireRecord(tx, account, fact.recordId);
    const today = civilDateAt(account.nowMs);
    const { remedies } = await readCreditPolicy(tx, account.companyId, today);
    const dueOn = verifyDueOn(today, remedies, await readCalendar(tx, account.companyId));
    const dueMs = epochMsOf(addDays(dueOn, 1), 0);
    const known = await tx.row<{ repairId: string; verifyDueAt: string }>(
      `select r.repair_id as "repairId", t.due_at as "verifyDueAt"
         from credit_repairs r join tasks t on t.task_id = 'task/verify/' || r.repair_id
        where r.account_id = $1 and r.record_id is not distinct from $2 and r.decided_at is null`,
      [account.accountId, fact.recordId ?? null],
    );
    if (known !== undefined) return known;
    const [repairId, at] = [`repair/${randomUUID()}`, new Date(account.nowMs).toISOString()];
    await tx.run(
      `insert into credit_repairs (repair_id, company_id, centre_id, account_id, record_id, words_enc, status, applied_by, occurred_at)
       values ($1, $2, $3, $4, $5, $6, 'verifying', $7, $8)`,
      [
        ...[repairId, account.companyId, account.centreId, account.accountId, fact.recordId ?? null],
        ...[intake.vault.seal(fact.words), fact.by, at],
      ],
    );
    await watch(tx, account, repairId, dueMs);
    await keepRecord(tx, account, {
      ...{ action: 'credit.repair-applied', factId: repairId, actor: fact.by, occurredAt: at },
      body: { repairId, recordId: fact.recordId ?? null },
    });
    return { repairId, verifyDueAt: new Date(dueMs).toISOString() };
  });
}
