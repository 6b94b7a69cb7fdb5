import { json, type Tx } from '../../db/database.ts';
import { readFixedStop } from '../../db/plans/read-fixed-stop.ts';
import type { Vault } from '../../db/keys/vault.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { isNoticeServed } from '../../rules/service/is-notice-served.ts';
import type { ServiceMethod } from '../../rules/service/facts.ts';
import type { Reason } from '../../rules/verdict.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { factTime, takeAccount, type AccountInHand } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { holdForClaim } from './claims-paid.ts';
import { fixStopDay, type FixedStop } from './fix-stop-day.ts';
import { readNotice, type NoticeRow } from './read-notice.ts';
import { reportRefusal } from './report-refusal.ts';

/** What a reader, a letter shop or a carrier reports about the service of a notice. */
export interface ServiceFact {
  noticeId: string;
  method: ServiceMethod;
  by: string;
  /** ISO, case time; now where it is left out. */
  occurredAt?: string;
  /** Number read at the door. */
  meterNo?: string;
  /** SHA-256 of signature and photos. */
  proofs: readonly string[];
  witness?: string;
  circumstances?: string;
  claimsPaid?: boolean;
  /** What the carrier said, for electronic service and letters. */
  receipt?: 'accepted' | 'delivered' | 'failed';
  /** Day on which the very message left whose receipt this is; any that left, where it is left out. */
  sentOn?: CivilDate;
  /** The same fact told twice is one service; drawn where it is left out. */
  factId?: string;
}

export interface ServiceAnswer {
  serviceId: string;
  /** Whether it counts as served. */
  counts: boolean;
  reasons: readonly Reason[];
  /** The stop as fixed by this service; shown on the reader's device at that moment. */
  stopAt?: string;
  stopUntil?: string;
}

function judge(account: AccountInHand, notice: NoticeRow, fact: ServiceFact, occurredAtMs: number) {
  return isNoticeServed({
    kind: notice.kind,
    method: fact.method,
    occurredAtMs,
    nowMs: account.nowMs,
    preparedAtMs: Date.parse(notice.preparedAt),
    noticeStatus: notice.status,
    meterNoSeen: fact.meterNo ?? null,
    accountMeterNo: account.meterNo,
    proofCount: fact.proofs.length,
    hasWitness: (fact.witness ?? '').trim() !== '',
    hasCircumstances: (fact.circumstances ?? '').trim() !== '',
    agreedAddress: notice.agreedAddress,
    receipt: fact.receipt ?? 'none',
    sentOn: fact.sentOn === undefined ? notice.sentOn : [fact.sentOn],
    candidateDates: notice.kind === 'red' ? notice.candidateDates : null,
    claimsPaid: fact.claimsPaid ?? false,
  });
}

/** What follows once a service counts: the notice is served, the reader's task is done, a red notice fixes the stop day. */
async function take(
  tx: Tx,
  account: AccountInHand,
  notice: NoticeRow,
  occurredAtMs: number,
): Promise<FixedStop | undefined> {
  const servedAt = new Date(occurredAtMs).toISOString();
  await tx.run(`update notices set status = 'served', served_on = $2, served_at = $3 where notice_id = $1`, [
    notice.noticeId,
    civilDateAt(occurredAtMs),
    servedAt,
  ]);
  await tx.run(`update tasks set done_at = $2, outcome = 'served' where ref = $1 and done_at is null`, [
    notice.noticeId,
    servedAt,
  ]);
  return notice.kind === 'red' ? fixStopDay(tx, account, notice, civilDateAt(occurredAtMs)) : undefined;
}

/** What was answered when this very fact was told before. */
async function toldBefore(tx: Tx, notice: NoticeRow, serviceId: string): Promise<ServiceAnswer | undefined> {
  const known = await tx.row<{ counts: boolean; reasons: Reason[] }>(
    'select counts, reasons from services where service_id = $1 and notice_id = $2',
    [serviceId, notice.noticeId],
  );
  if (known === undefined) return undefined;
  const isFixed = known.counts && notice.kind === 'red';
  const fixed = isFixed ? await readFixedStop(tx, notice.caseId, notice.attempt) : undefined;
  if (fixed === undefined) return { serviceId, ...known };
  const { stopAt, intervalMinutes } = fixed;
  const stopUntil = new Date(Date.parse(stopAt) + intervalMinutes * 60_000).toISOString();
  return { serviceId, ...known, stopAt, stopUntil };
}

/** The work of `recordService` inside a transaction that the caller holds. */
export async function storeService(tx: Tx, vault: Vault, fact: ServiceFact): Promise<ServiceAnswer> {
  const found = await readNotice(tx, fact.noticeId);
  if (found === undefined) throw new IntakeRefused('unknown-notice', 404, { noticeId: fact.noticeId });
  const account = await takeAccount(tx, { accountId: found.accountId });
  // Read again under the lock: a second reader may have been quicker.
  const notice = (await readNotice(tx, fact.noticeId)) ?? found;
  const serviceId = `service/${fact.factId ?? crypto.randomUUID()}`;
  const before = await toldBefore(tx, notice, serviceId);
  if (before !== undefined) return before;
  const occurredAt = factTime(account, fact.occurredAt);
  const verdict = judge(account, notice, fact, Date.parse(occurredAt));
  const counts = verdict.outcome === 'permitted';
  const reasons =
    verdict.outcome === 'permitted'
      ? []
      : verdict.outcome === 'refused'
        ? verdict.reasons
        : [...verdict.reasons, ...verdict.missing];
  await tx.run(
    `insert into services (service_id, company_id, centre_id, notice_id, method, meter_no, proof_sha256, detail_enc, counts,
                             reasons, recorded_by, occurred_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      serviceId,
      account.companyId,
      account.centreId,
      fact.noticeId,
      fact.method,
      fact.meterNo ?? null,
      fact.proofs,
      vault.sealJson({ witness: fact.witness, circumstances: fact.circumstances }),
      counts,
      json(reasons),
      fact.by,
      occurredAt,
    ],
  );
  const fixed = counts ? await take(tx, account, notice, Date.parse(occurredAt)) : undefined;
  if (fact.method === 'refusal') await reportRefusal(tx, account, notice, serviceId);
  if (fact.claimsPaid === true) await holdForClaim(tx, account, serviceId, fact.by);
  await keepRecord(tx, account, {
    action: counts ? 'notice.served' : 'notice.service-does-not-count',
    factId: serviceId,
    actor: fact.by,
    occurredAt,
    body: {
      noticeId: fact.noticeId,
      kind: notice.kind,
      method: fact.method,
      proofs: fact.proofs,
      reasons: reasons.map((r) => r.code),
      ...fixed,
    },
  });
  // Nobody waits for the first reminder to arrive: whether it did is asked when its period is over.
  if (notice.kind !== 'first-dunning' || fact.claimsPaid === true)
    await tellCase(tx, account, 'service', serviceId);
  return { serviceId, counts, reasons, ...fixed };
}

/**
 * Stores a proof of service, whether or not it counts, and acts on it (T2.1, T2.2, L8). A red notice that counts fixes
 * D = day of service + 7; a refusal is reported upward; a claim of payment holds the stop until it is checked.
 * @throws IntakeRefused `unknown-notice` (404)
 */
export function recordService(intake: Intake, fact: ServiceFact): Promise<ServiceAnswer> {
  return intake.db.tx(intake.scope, (tx) => storeService(tx, intake.vault, fact));
}
