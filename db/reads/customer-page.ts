import type { Policy } from '../../rules/parameters/policy.ts';
import type { Tx } from '../database.ts';

/** Whose page it is, sealed columns as stored. */
export interface CustomerAccount {
  accountId: string;
  accountNo: string;
  centreId: string;
  region: string;
  customerClass: 'resident' | 'non-resident';
  lateFeePermille: number | null;
  nameEnc: Buffer;
  companyName: string;
  /** The open case, else the newest one; null where there never was any. */
  caseId: string | null;
  policy: Policy | null;
}

export const readCustomerAccount = (tx: Tx, accountId: string): Promise<CustomerAccount | undefined> =>
  tx.row<CustomerAccount>(
    `select a.account_id as "accountId", a.account_no as "accountNo", a.centre_id as "centreId", a.region,
            a.customer_class as "customerClass", a.late_fee_permille as "lateFeePermille", a.name_enc as "nameEnc",
            coalesce(co.name, a.company_id) as "companyName", c.case_id as "caseId", c.policy
       from accounts a left join companies co using (company_id)
       left join lateral (select case_id, case when status = 'open' then policy end as policy from cases
                           where account_id = a.account_id order by (status = 'open') desc, opened_at desc limit 1) c on true
      where a.account_id = $1`,
    [accountId],
  );

export interface CustomerPayment {
  amountFen: number;
  occurredAt: string;
  isPosted: boolean;
  isReversed: boolean;
}

/** Payments of an account, each once with what became of it, newest first. */
export const readCustomerPayments = (tx: Tx, accountId: string): Promise<CustomerPayment[]> =>
  tx.rows<CustomerPayment>(
    `select max(amount_fen) as "amountFen", min(occurred_at) as "occurredAt", bool_or(status = 'posted') as "isPosted",
            bool_or(status = 'reversed') as "isReversed"
       from payments where account_id = $1 group by payment_id order by min(occurred_at) desc limit 12`,
    [accountId],
  );

export interface CustomerStop {
  stopId: string;
  occurredAt: string;
  inForce: boolean;
  restoredAt: string | null;
  /** Null while nothing makes a restoration due. */
  causeAt: string | null;
  deadlineAt: string | null;
  /** A crew or a command to switch on is on its way. */
  isUnderWay: boolean;
  isOwed: boolean;
  missReason: string | null;
  billIds: string[];
  openFen: number;
  printedFen: number | null;
  paidSinceFen: number;
}

/** The newest stop with what is left of the debt that caused it, and of nothing else (L3). */
export const readCustomerStop = (tx: Tx, accountId: string): Promise<CustomerStop | undefined> =>
  tx.row<CustomerStop>(
    `select s.stop_id as "stopId", s.occurred_at as "occurredAt", s.in_force as "inForce", s.restored_at as "restoredAt",
            r.cause_at as "causeAt", r.deadline_at as "deadlineAt", r.miss_reason as "missReason",
            exists (select from tickets t where t.stop_id = s.stop_id and t.kind = 'restore' and t.status <> 'raised') as "isUnderWay",
            exists (select from restoration_triggers t where t.stop_id = s.stop_id) as "isOwed",
            array(select b ->> 'billId' from jsonb_array_elements(s.named_bills) b) as "billIds",
            coalesce((select sum(b.principal_fen - b.paid_fen) from bills b where b.company_id = s.company_id
                       and b.bill_id in (select n ->> 'billId' from jsonb_array_elements(s.named_bills) n)), 0)::bigint as "openFen",
            n.sum_fen as "printedFen",
            coalesce((select sum(p.amount_fen) from payments_standing p
                       where p.account_id = s.account_id and p.recorded_at >= n.recorded_at), 0)::bigint as "paidSinceFen"
       from stops s left join restorations r using (stop_id) left join notices n on n.notice_id = s.notice_id
      where s.account_id = $1 order by s.in_force desc, s.occurred_at desc limit 1`,
    [accountId],
  );

export interface CustomerNotice {
  noticeId: string;
  kind: 'first-dunning' | 'yellow' | 'red';
  attempt: number;
  status: 'prepared' | 'served' | 'not-served' | 'stale';
  sumFen: number;
  lastPaymentOn: string | null;
  stopAt: string | null;
  servedAt: string | null;
  occurredAt: string;
  paidSinceFen: number;
  billIds: string[];
}

/** Notices of a case with the money that came since each, newest first. */
export const readCustomerNotices = (tx: Tx, caseId: string): Promise<CustomerNotice[]> =>
  tx.rows<CustomerNotice>(
    `select n.notice_id as "noticeId", n.kind, n.attempt, n.status, n.sum_fen as "sumFen", n.last_payment_on as "lastPaymentOn",
            n.stop_at as "stopAt", n.served_at as "servedAt", n.occurred_at as "occurredAt",
            array(select b ->> 'billId' from jsonb_array_elements(n.named_bills) b) as "billIds",
            coalesce((select sum(p.amount_fen) from payments_standing p
                       where p.account_id = n.account_id and p.recorded_at >= n.recorded_at), 0)::bigint as "paidSinceFen"
       from notices n where n.case_id = $1 order by n.occurred_at desc, n.notice_id desc`,
    [caseId],
  );

export interface CustomerHold {
  kind: string;
  occurredAt: string;
  untilAt: string | null;
  decisionDueAt: string | null;
  endedAt: string | null;
  endReason: string | null;
}

/** What made the procedure wait, newest first. */
export const readCustomerHolds = (tx: Tx, accountId: string): Promise<CustomerHold[]> =>
  tx.rows<CustomerHold>(
    `select kind, occurred_at as "occurredAt", until_at as "untilAt", decision_due_at as "decisionDueAt",
            ended_at as "endedAt", end_reason as "endReason"
       from holds where account_id = $1 order by occurred_at desc, hold_id limit 20`,
    [accountId],
  );

/** A notice of a case by kind and attempt, for printing; the customer's address names no id. */
export const readCustomerNotice = (
  tx: Tx,
  of: { accountId: string; caseId: string; kind: string; attempt: number },
) =>
  tx.row<{ noticeId: string }>(
    `select notice_id as "noticeId" from notices where account_id = $1 and case_id = $2 and kind = $3 and attempt = $4`,
    [of.accountId, of.caseId, of.kind, of.attempt],
  );
