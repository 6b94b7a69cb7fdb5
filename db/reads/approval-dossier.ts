import type { Reason } from '../../rules/verdict.ts';
import type { Tx } from '../database.ts';

export interface DossierAccount {
  customerClass: string;
  meterNo: string;
  readerId: string;
  protection: 'none' | 'registered' | null;
  earlierStops: number;
  addressEnc: Buffer;
  phoneEnc: Buffer | null;
}

/** What whoever approves has to know of the account. */
export const readDossierAccount = (tx: Tx, accountId: string): Promise<DossierAccount | undefined> =>
  tx.row<DossierAccount>(
    `select customer_class as "customerClass", meter_no as "meterNo", reader_id as "readerId", protection,
            address_enc as "addressEnc", phone_enc as "phoneEnc",
            (select count(*)::int from stops s where s.account_id = a.account_id) as "earlierStops"
       from accounts a where account_id = $1`,
    [accountId],
  );

/** Open bills of the account and those that the approval names, oldest first. */
export const readDossierBills = (tx: Tx, accountId: string, named: readonly string[]) =>
  tx.rows<{
    billId: string;
    period: string;
    principalFen: number;
    paidFen: number;
    dueDate: string;
    disputed: boolean;
    isNamed: boolean;
  }>(
    `select bill_id as "billId", period, principal_fen as "principalFen", paid_fen as "paidFen", due_on as "dueDate", disputed,
            bill_id = any ($2) as "isNamed"
       from bills where account_id = $1 and service = 'electricity' and (paid_fen < principal_fen or bill_id = any ($2))
      order by due_on, bill_id limit 60`,
    [accountId, named],
  );

/** Each attempt to serve each notice of the case, whether or not it counts. */
export const readServicesOfCase = (tx: Tx, caseId: string) =>
  tx.rows<{
    noticeId: string;
    serviceId: string;
    method: string;
    occurredAt: string;
    recordedBy: string;
    counts: boolean;
    proofs: number;
    reasons: Reason[];
  }>(
    `select s.notice_id as "noticeId", s.service_id as "serviceId", s.method, s.occurred_at as "occurredAt",
            s.recorded_by as "recordedBy", s.counts, cardinality(s.proof_sha256) as proofs, s.reasons
       from services s join notices n using (notice_id) where n.case_id = $1 order by s.recorded_at`,
    [caseId],
  );

export const readActiveHolds = (tx: Tx, accountId: string) =>
  tx.rows<{ kind: string; reason: string; untilAt: string | null }>(
    `select kind, reason, until_at as "untilAt" from holds where account_id = $1 and ended_at is null order by recorded_at`,
    [accountId],
  );

/** Names of people by id, of those who have signed in. */
export async function readNames(tx: Tx, personIds: readonly string[]): Promise<Record<string, string>> {
  const rows = await tx.rows<{ personId: string; name: string }>(
    `select person_id as "personId", name from people where person_id = any ($1)`,
    [personIds],
  );
  return Object.fromEntries(rows.map(({ personId, name }) => [personId, name]));
}
