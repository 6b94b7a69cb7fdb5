import { createHash } from 'node:crypto';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { SendFacts } from '../../rules/credit/may-be-reported.ts';
import { isFirmCode } from '../../rules/credit/social-credit-code.ts';
import type { Tx } from '../database.ts';
import type { Vault } from '../keys/vault.ts';

/** What is to be reported, and on what ground. */
export interface ReportOf {
  accountId: string;
  kind: 'grade' | 'colour' | 'record' | 'commitment';
  subjectId: string;
  basisId: string;
  today: CivilDate;
}

/** Who the firm is, as the platform needs it; opened, for this one purpose. */
export interface FirmIdentity {
  legalName: string;
  socialCreditCode: string;
}

interface Row {
  party_kind: 'person' | 'firm' | null;
  identity_verified: boolean | null;
  identity_enc: Buffer | null;
  confirmed: boolean | null;
  still_holds: boolean | null;
  stated_on: CivilDate | null;
  statement: Record<string, string | number | boolean | null> | null;
  objection_open: boolean;
  debt_disputed: boolean;
  basis: { signed: boolean; revoked: boolean; from: CivilDate; to: CivilDate | null } | null;
}

/** Established and still in force, from which day, and what is said of it: codes, numbers and dates only. */
const SUBJECT = {
  grade: `
    select not exists (select from credit_downgrades d where d.account_id = s.account_id and d.scheme = 'grade'
                         and d.status in ('queued', 'approved', 'noticed')) as confirmed,
           s.grade || '/' || s.grade_since = $2 as still_holds, s.grade_since as stated_on,
           jsonb_build_object('grade', s.grade, 'since', s.grade_since) as statement
      from credit_standings s where s.account_id = $1`,
  colour: `
    select not exists (select from credit_downgrades d where d.account_id = s.account_id and d.scheme = 'colour'
                         and d.status in ('queued', 'approved', 'noticed')) as confirmed,
           s.colour || '/' || s.colour_since = $2 as still_holds, s.colour_since as stated_on,
           jsonb_build_object('colour', s.colour, 'since', s.colour_since) as statement
      from credit_standings s where s.account_id = $1`,
  record: `
    select r.confirmed and r.decision_no is not null as confirmed,
           not exists (select from credit_annulments a where a.record_id = r.record_id)
             and not exists (select from credit_records later where later.replaces = r.record_id) as still_holds,
           r.occurred_on as stated_on,
           jsonb_build_object('kind', r.kind, 'decisionNo', r.decision_no, 'occurredOn', r.occurred_on) as statement
      from credit_records r where r.record_id = $2 and r.account_id = $1`,
  commitment: `
    select true as confirmed, c.status <> 'broken' as still_holds, c.signed_on as stated_on,
           jsonb_build_object('application', c.application, 'signedOn', c.signed_on, 'status', c.status) as statement
      from credit_commitments c where c.commitment_id = $2 and c.account_id = $1`,
} as const;

const read = (kind: ReportOf['kind']): string => `
with subject as (${SUBJECT[kind]}),
-- Established of the customer of now: whoever takes an account over is not the firm that had it (L6).
newest as (select party_kind, identity_verified, identity_enc from credit_files
            where account_id = $1
              and recorded_at > coalesce((select max(t.recorded_at) from credit_tenures t where t.account_id = $1), '-infinity')
            order by version desc limit 1)
select f.party_kind, f.identity_verified, f.identity_enc, s.confirmed,
       s.still_holds and s.stated_on >= coalesce((select max(t.from_on) from credit_tenures t where t.account_id = $1), s.stated_on) as still_holds,
       s.stated_on, s.statement,
       exists (select from credit_objections o where o.account_id = $1 and o.decided_at is null) as objection_open,
       exists (select from bills b where b.account_id = $1 and b.disputed and b.paid_fen < b.principal_fen)
         or exists (select from holds h where h.account_id = $1 and h.kind = 'dispute' and h.ended_at is null) as debt_disputed,
       (select jsonb_build_object('signed', b.signed_at is not null, 'revoked', b.revoked_at is not null,
                                  'from', b.valid_from, 'to', b.valid_to)
          from legal_bases b where b.basis_id = $3 and b.measure = 'platform-report') as basis
  from (select 1) one left join newest f on true left join subject s on true`;

export interface ReportRead {
  /** Without the four eyes and the notice, which belong to one export. */
  facts: Omit<SendFacts, 'proposedBy' | 'approvedBy' | 'noticeServedOn' | 'noticeUntil'>;
  /** null: nobody has established a name and code. */
  firm: FirmIdentity | null;
  /** null: there is no such subject. */
  subject: { statedOn: CivilDate; statement: Record<string, string | number | boolean | null> } | null;
}

/** What two people sign of a report, and what of it must still be so when it leaves. */
export const reportBody = (subject: NonNullable<ReportRead['subject']>): string => JSON.stringify(subject);
export const sha256Of = (body: string): string => createHash('sha256').update(body).digest('hex');

/** Everything that rules/credit/may-be-reported.ts asks, in one read. */
export async function readReportFacts(tx: Tx, vault: Vault, of: ReportOf): Promise<ReportRead> {
  const row = await tx.row<Row>(read(of.kind), [of.accountId, of.subjectId, of.basisId]);
  if (row === undefined) throw new Error('the database gives no row');
  const identity = row.identity_enc === null ? {} : vault.openJson<Partial<FirmIdentity>>(row.identity_enc);
  const { legalName = '', socialCreditCode = '' } = identity;
  return {
    facts: {
      partyKind: row.party_kind,
      identityVerified: row.identity_verified === true,
      codeValid: isFirmCode(socialCreditCode),
      confirmed: row.confirmed === true,
      stillHolds: row.still_holds === true,
      objectionOpen: row.objection_open,
      debtDisputed: row.debt_disputed,
      basis: row.basis,
      today: of.today,
    },
    firm: legalName === '' || socialCreditCode === '' ? null : { legalName, socialCreditCode },
    subject:
      row.stated_on === null || row.statement === null
        ? null
        : { statedOn: row.stated_on, statement: row.statement },
  };
}
