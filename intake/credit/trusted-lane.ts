import { randomUUID } from 'node:crypto';
import { readCalendar } from '../../db/calendar/read-calendar.ts';
import { readCounted } from '../../db/credit/read-counted.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../db/database.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import { addWorkingDays } from '../../rules/calendar/working-day.ts';
import { isTrusted } from '../../rules/credit/colour-of.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { deskNowMs, keepDeskRecord } from '../desk/keep-desk-record.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount, type AccountInHand } from '../take-account.ts';

/** Signed commitments are reported (H5), of verified firms alone (L6): somebody sees to it, in the days there are for a claim. */
async function askToReport(tx: Tx, account: AccountInHand, commitmentId: string): Promise<void> {
  const { companyId, centreId, accountId, nowMs } = account;
  const file = await tx.row<{ is_firm: boolean }>(
    `select party_kind = 'firm' and identity_verified as is_firm from credit_files
      where account_id = $1
        and recorded_at > coalesce((select max(t.recorded_at) from credit_tenures t where t.account_id = $1), '-infinity')
      order by version desc limit 1`,
    [accountId],
  );
  if (file?.is_firm !== true) return;
  const today = civilDateAt(nowMs);
  const { consequences } = await readCreditPolicy(tx, companyId, today);
  const lastDay = addWorkingDays(
    today,
    consequences.claimWorkingDays,
    await readCalendar(tx, companyId),
    'working',
  );
  await putTask(tx, {
    ...{ companyId, centreId, accountId, nowMs, caseId: null, assignee: null, ref: commitmentId },
    ...{ taskId: `task/report/${commitmentId}`, kind: 'report-commitment', role: 'credit-officer' },
    ...{
      notBeforeMs: nowMs,
      dueAtMs: epochMsOf(addDays(lastDay ?? addDays(today, consequences.claimWorkingDays), 1), 0),
    },
  });
}

/**
 * A trusted customer signs a commitment in place of a proof of title (H5); it waits to be reported to the platform (H4).
 * @throws IntakeRefused `unknown-account` (404), `not-trusted`, `commitment-broken-before` (409)
 */
export function signCommitment(
  intake: Intake,
  fact: {
    accountNo: string;
    /** Number of the application it belongs to. */
    application: string;
    text: string;
    proofSha256: string;
    signedOn: string;
    by: string;
  },
): Promise<{ commitmentId: string }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const counted = (await readCounted(tx, [account.accountId])).get(account.accountId);
    if (counted === undefined || !isTrusted(counted.colour)) throw new IntakeRefused('not-trusted', 409);
    const broken = await tx.row(
      `select 1 from credit_commitments where account_id = $1 and status = 'broken' limit 1`,
      [account.accountId],
    );
    if (broken !== undefined) throw new IntakeRefused('commitment-broken-before', 409);
    const commitmentId = `commitment-${randomUUID()}`;
    await tx.run(
      `insert into credit_commitments (commitment_id, company_id, centre_id, account_id, application, text_enc, proof_sha256, signed_on,
                                       status, recorded_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'in-force', $9)`,
      [
        ...[commitmentId, account.companyId, account.centreId, account.accountId, fact.application],
        ...[intake.vault.seal(fact.text), fact.proofSha256, fact.signedOn, fact.by],
      ],
    );
    await askToReport(tx, account, commitmentId);
    await keepRecord(tx, account, {
      action: 'credit.commitment-signed',
      factId: commitmentId,
      ...{ actor: fact.by, occurredAt: new Date(account.nowMs).toISOString() },
      body: { commitmentId, application: fact.application, proofSha256: fact.proofSha256 },
    });
    return { commitmentId };
  });
}

/** Whether a commitment was kept; a broken one closes the lane and is a breach in the file. @throws IntakeRefused `unknown-commitment` (404) */
export function settleCommitment(
  intake: Intake,
  fact: { commitmentId: string; kept: boolean; reason: string; by: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string }>(
      `update credit_commitments set status = $2 where commitment_id = $1 and status = 'in-force' returning account_id`,
      [fact.commitmentId, fact.kept ? 'kept' : 'broken'],
    );
    if (of === undefined) throw new IntakeRefused('unknown-commitment', 404, { what: 'commitment' });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const occurredAt = new Date(account.nowMs).toISOString();
    if (!fact.kept) {
      await tx.run(
        `insert into credit_records (record_id, company_id, centre_id, account_id, kind, occurred_on, confirmed, detail_enc, source,
                                     source_name, source_ref, recorded_by)
         values ($1, $2, $3, $4, 'breach', ($5::timestamptz at time zone 'Asia/Shanghai')::date, true, $6, 'own', 'commitments', $7, $8)
         on conflict do nothing`,
        [
          ...[`record-${randomUUID()}`, account.companyId, account.centreId, account.accountId, occurredAt],
          ...[intake.vault.sealJson({ description: fact.reason }), fact.commitmentId, fact.by],
        ],
      );
      await tx.run(
        `insert into credit_due (company_id, centre_id, account_id, cause) values ($1, $2, $3, 'commitment-broken')`,
        [account.companyId, account.centreId, account.accountId],
      );
    }
    await keepRecord(tx, account, {
      action: `credit.commitment-${fact.kept ? 'kept' : 'broken'}`,
      factId: fact.commitmentId,
      ...{ actor: fact.by, occurredAt },
      body: { commitmentId: fact.commitmentId },
    });
  });
}

/** Works that will take supply off; A customers are told in time (G3.A, G3.4). @throws IntakeRefused `unknown-centre` (404), `outage-in-the-past` (422) */
export function planOutage(
  intake: Intake,
  fact: { centreId: string; region: string; fromAt: string; toAt: string; reason: string; by: string },
): Promise<{ outageId: string }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const centre = await tx.row('select 1 from centres where centre_id = $1', [fact.centreId]);
    if (centre === undefined) throw new IntakeRefused('unknown-centre', 404, { what: 'centre' });
    const isAhead = Date.parse(fact.fromAt) > (await deskNowMs(tx)) && fact.toAt > fact.fromAt;
    if (!isAhead) throw new IntakeRefused('outage-in-the-past', 422);
    const outageId = `outage-${randomUUID()}`;
    const { companyId } = intake.scope;
    await tx.run(
      `insert into planned_outages (outage_id, company_id, centre_id, region, from_at, to_at, reason, set_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[outageId, companyId, fact.centreId, fact.region],
        ...[fact.fromAt, fact.toAt, fact.reason, fact.by],
      ],
    );
    await keepDeskRecord(tx, companyId, {
      action: 'outage.planned',
      by: fact.by,
      body: { outageId, centreId: fact.centreId, region: fact.region, fromAt: fact.fromAt, toAt: fact.toAt },
    });
    return { outageId };
  });
}
