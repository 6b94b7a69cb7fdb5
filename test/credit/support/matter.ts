import { randomUUID } from 'node:crypto';
import { moveCase } from '../../../tools/fast-forward/move-case.ts';
import type { CaseAt } from '../../../tools/fast-forward/move-case.ts';
import { matterWorkflowId, TASK_QUEUES, WORKFLOWS, type MatterKind } from '../../../workflows/messages.ts';
import type { TownAccount } from '../../support/town/account.ts';
import { COMPANY, rowsOf, type Town } from '../../support/town/town.ts';
import { quiet } from '../../support/town/walk.ts';

const DAY_MS = 86_400_000;

/** Moves a matter of credit through time, by so many days or until it is over. */
export async function walkMatter(
  town: Town,
  account: TownAccount,
  matter: { kind: MatterKind; subjectId: string },
  days: number,
): Promise<CaseAt> {
  await quiet(town);
  const [clock] = await rowsOf<{ offset: number }>(
    town,
    'select coalesce(max(offset_ms), 0)::bigint as offset from case_clocks where account_id = $1',
    [account.accountId],
  );
  const moved = await moveCase({
    connection: town.engine.connection,
    namespace: town.engine.namespace,
    db: town.db,
    companyId: COMPANY,
    accountId: account.accountId,
    workflowId: matterWorkflowId(matter.kind, matter.subjectId),
    untilMs: Date.now() + (clock?.offset ?? 0) + days * DAY_MS,
    stepMs: 30 * DAY_MS,
    onStep: () => quiet(town),
  });
  await quiet(town);
  return moved;
}

/** A customer who stands somewhere already; a restraint is open when the grade is a bad one. */
export async function standing(
  town: Town,
  account: TownAccount,
  grade: 'A' | 'B' | 'C' | 'D',
): Promise<void> {
  await rowsOf(
    town,
    `with judged as (
       insert into credit_grades (company_id, centre_id, account_id, month, n, as_of, grade, code, watch, colour, colour_code, oldest_days,
                                  owed_fen, late_bills, bills, deferred, policy_version, cause)
       values ($1, 'centre-1', $2, date_trunc('month', current_date), 1, current_date, $3, 'arrears-over-one-month', true, 'yellow',
               'arrears-yellow', 40, 23456, 1, 3, false, 'test', 'monthly'))
     insert into credit_standings (account_id, company_id, centre_id, grade, grade_since, grade_month, grade_n, watch, colour, colour_since)
     values ($2, $1, 'centre-1', $3, current_date, date_trunc('month', current_date), 1, false, 'blue', current_date)`,
    [COMPANY, account.accountId, grade],
  );
}

/** A move from B to a worse grade that waits for a person, as the monthly run puts it there. */
export async function queuedDowngrade(town: Town, account: TownAccount, to: 'C' | 'D'): Promise<string> {
  await standing(town, account, to);
  await rowsOf(town, `update credit_standings set grade = 'B' where account_id = $1`, [account.accountId]);
  return queue(town, account, { scheme: 'grade', from: 'B', to, code: 'arrears-over-one-month' });
}

/** The same of a colour: from blue to red. */
export async function queuedRed(town: Town, account: TownAccount): Promise<string> {
  await standing(town, account, 'B');
  await rowsOf(
    town,
    `insert into credit_grades select company_id, centre_id, account_id, month, 2, as_of, grade, code, watch, 'red', 'arrears-red', 70,
            owed_fen, late_bills, bills, offence_on, customer_since, deferred, policy_version, cause, run_id
       from credit_grades where account_id = $1`,
    [account.accountId],
  );
  return queue(town, account, { scheme: 'colour', from: 'blue', to: 'red', code: 'arrears-red' });
}

async function queue(
  town: Town,
  account: TownAccount,
  move: { scheme: 'grade' | 'colour'; from: string; to: string; code: string },
): Promise<string> {
  const downgradeId = `downgrade/${account.accountId}/${move.scheme}/1`;
  await rowsOf(
    town,
    `insert into credit_downgrades (downgrade_id, company_id, centre_id, account_id, scheme, from_value, to_value, month, n, code, status,
                                    occurred_at)
     select $1, $2, 'centre-1', $3, $4, $5, $6, month, n, $7, 'queued', now()
       from credit_grades where account_id = $3 order by n desc limit 1`,
    [downgradeId, COMPANY, account.accountId, move.scheme, move.from, move.to, move.code],
  );
  return downgradeId;
}

/** What happens every five minutes of a day. */
export async function watchOnce(town: Town): Promise<void> {
  await town.engine.client.workflow.execute(WORKFLOWS.creditWatch, {
    ...{ workflowId: `credit-watch/${randomUUID()}`, taskQueue: TASK_QUEUES.cases },
    args: [{ companyId: COMPANY }],
  });
  await quiet(town);
}

export interface FirmWish {
  partyKind?: 'person' | 'firm';
  code?: string;
  verified?: boolean;
}

/** An identity in the credit file, and a record of a violation that was decided on. */
export async function firm(
  town: Town,
  account: TownAccount,
  wish: FirmWish = {},
): Promise<{ recordId: string }> {
  const { partyKind = 'firm', code = '91320800MA1XB23K41', verified = true } = wish;
  const recordId = `record/${account.accountId}`;
  const { vault } = town;
  await rowsOf(
    town,
    `insert into credit_files (company_id, centre_id, account_id, version, party_kind, identity_verified, identity_enc, code_hash, changed_by,
                               reason, source, occurred_at)
     values ($1, 'centre-1', $2, coalesce((select max(version) from credit_files where account_id = $2), 0) + 1, $3, $4, $5, $6, 'credit-he',
             'test', 'own', now())`,
    [
      ...[COMPANY, account.accountId, partyKind, verified],
      ...[vault.sealJson({ legalName: '淮阴测试有限公司', socialCreditCode: code }), Buffer.from(code)],
    ],
  );
  await rowsOf(
    town,
    `insert into credit_records (record_id, company_id, centre_id, account_id, kind, occurred_on, confirmed, decision_no, detail_enc, source,
                                 source_name, source_ref, recorded_by)
     values ($1, $2, 'centre-1', $3, 'violation', current_date - 20, true, '淮用检〔2026〕7 号', $4, 'own', 'inspection', $1, 'reader-zhang')
     on conflict do nothing`,
    [recordId, COMPANY, account.accountId, vault.seal('私自增容')],
  );
  return { recordId };
}

/** A legal basis signed by two. */
export async function basis(town: Town): Promise<string> {
  await rowsOf(
    town,
    `insert into legal_bases (company_id, basis_id, measure, document, article, valid_from, recorded_by, signed_by, signed_at)
     values ($1, 'basis/platform', 'platform-report', '淮安市公共信用信息管理办法', '十二', '2026-01-01', 'credit-he', 'manager-sun', now())
     on conflict do nothing`,
    [COMPANY],
  );
  return 'basis/platform';
}
