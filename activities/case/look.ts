import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import type { Tx } from '../../db/database.ts';
import type { CaseOutcome, Stage } from '../../workflows/messages.ts';
import type { CaseLook, CaseMoment } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';

interface LookRow {
  moved_out: boolean;
  executed: boolean;
  plan_status: string | null;
  stop_at: string | null;
  interval_minutes: number | null;
  named_open_fen: number | null;
  named_principal_fen: number | null;
  overdue_open_fen: number;
  undisputed_fen: number;
  in_flight_fen: number;
  paid_since_red_fen: number;
  red_sum_fen: number | null;
  reversed_since_plan: boolean;
  hold_kind: string | null;
  hold_until: string | null;
  shielded: boolean;
  first_served: boolean;
  yellow_served: boolean;
  red_served: boolean;
  approval: CaseLook['approval'] | null;
  authority_receipt: boolean;
  reached: boolean;
  ticket_status: string | null;
}

/** One read of all facts of a case; the attempt's own rows by (case_id, attempt), all by primary key or partial index. */
const SQL = `
with plan as (select * from stop_plans where case_id = $1 and attempt = $3),
     red as (select * from notices where case_id = $1 and kind = 'red' and attempt = $3 and status = 'served'),
     hold as (select kind, until_at from holds
               where account_id = $2 and ended_at is null and (until_at is null or until_at > $4)
               order by until_at desc nulls first limit 1)
select
  exists (select from holds where account_id = $2 and kind = 'moved-out' and ended_at is null)
    or exists (select from accounts where account_id = $2 and moved_out_on <= $5::date) as moved_out,
  exists (select from stops where case_id = $1) as executed,
  (select status from plan) as plan_status,
  (select stop_at from plan) as stop_at,
  (select interval_minutes from plan) as interval_minutes,
  (select sum(b.principal_fen - b.paid_fen)::bigint from plan, jsonb_array_elements(plan.named_bills) named
     join bills b on b.bill_id = named ->> 'billId') as named_open_fen,
  (select named_principal_fen from plan) as named_principal_fen,
  coalesce((select sum(principal_fen - paid_fen)::bigint from bills
     where account_id = $2 and service = 'electricity' and due_on < $5::date), 0) as overdue_open_fen,
  coalesce((select sum(principal_fen - paid_fen)::bigint from bills
     where account_id = $2 and service = 'electricity' and not disputed and due_on < $5::date), 0) as undisputed_fen,
  coalesce((select sum(a.amount_fen)::bigint from payment_allocations a join bills b using (company_id, bill_id)
     where b.account_id = $2 and b.service = 'electricity' and a.undone_at is null
       and not exists (select from payments p where p.company_id = a.company_id and p.payment_id = a.payment_id
                          and p.status = 'posted')), 0) as in_flight_fen,
  coalesce((select sum(p.amount_fen)::bigint from payments_standing p, red
     where p.account_id = $2 and p.recorded_at >= red.recorded_at), 0) as paid_since_red_fen,
  (select sum_fen from red) as red_sum_fen,
  exists (select from payments p, plan where p.account_id = $2 and p.status = 'reversed'
     and p.recorded_at > plan.recorded_at) as reversed_since_plan,
  (select kind from hold) as hold_kind,
  (select until_at from hold) as hold_until,
  exists (select from plan, shields s, accounts a
     where a.account_id = $2 and s.lifted_at is null and s.effect in ('no-stop', 'both')
       and (s.region is null or s.region = a.region) and (s.customer_class is null or s.customer_class = a.customer_class)
       and (s.account_id is null or s.account_id = a.account_id)
       and case when plan.stop_on is not null then plan.stop_on between s.from_on and s.to_on
           else (select bool_and((c ->> 'stopDate')::date between s.from_on and s.to_on)
                   from jsonb_array_elements(plan.candidates) c) end) as shielded,
  exists (select from notices where case_id = $1 and kind = 'first-dunning' and status = 'served') as first_served,
  exists (select from notices where case_id = $1 and kind = 'yellow' and status = 'served') as yellow_served,
  exists (select from red) as red_served,
  (select case when status = 'pending' and expires_at <= $4 then 'expired' else status end
     from approvals where case_id = $1 and attempt = $3) as approval,
  exists (select from papers where paper_key = $1 || '/suspension-copy/' || $3 and receipt_at is not null) as authority_receipt,
  exists (select from messages where case_id = $1 and message_key like $1 || '/second-notice-%/' || $3
     and (status = 'acknowledged' or (channel = 'sms' and status = 'delivered')))
    or exists (select from case_steps where case_id = $1 and step = 'told-in-person' and attempt = $3) as reached,
  (select status from tickets where case_id = $1 and kind = 'stop' and attempt = $3) as ticket_status`;

/** Is the debt covered, be it by money still in flight? */
function isCovered(row: LookRow): boolean {
  if (row.plan_status === null) return row.overdue_open_fen <= 0;
  if ((row.named_open_fen ?? 0) <= 0) return true;
  // Paying the sum printed clears it, whatever the money was booked on.
  return row.red_sum_fen !== null && row.paid_since_red_fen >= row.red_sum_fen;
}

function endingOf(row: LookRow): CaseOutcome | null {
  if (row.executed) return null;
  if (row.moved_out) return 'moved-out';
  return isCovered(row) && row.in_flight_fen <= 0 ? 'paid' : null;
}

const DAY_MS = 86_400_000;

/**
 * What makes the procedure wait. Nobody set a hold where billing itself calls all that is owed disputed (L5), or where money
 * that covers it has been taken and not posted yet (T2.6): billing is asked again every day.
 */
function holdOf(row: LookRow, nowMs: number): CaseLook['hold'] {
  if (row.executed) return null;
  if (row.hold_kind !== null)
    return { kind: row.hold_kind, untilMs: row.hold_until === null ? null : Date.parse(row.hold_until) };
  const untilMs = nowMs + DAY_MS;
  if (isCovered(row)) return { kind: 'money-in-flight', untilMs };
  const isAllDisputed = row.overdue_open_fen > 0 && row.undisputed_fen <= 0;
  return isAllDisputed ? { kind: 'disputed-in-billing', untilMs } : null;
}

function slipOf(row: LookRow): string | null {
  if (row.executed || row.plan_status === null) return null;
  if (row.reversed_since_plan) return 'payment-reversed';
  if ((row.named_open_fen ?? 0) > (row.named_principal_fen ?? 0)) return 'principal-grown';
  if (row.shielded) return 'shielded';
  if (row.ticket_status === 'recalled' || row.ticket_status === 'recall-acknowledged') return 'stood-down';
  return null;
}

function ticketOf(status: string | null): CaseLook['ticket'] {
  if (status === null) return 'none';
  if (status === 'done' || status === 'not-done') return status;
  return status === 'raised' || status === 'dispatched' ? 'open' : 'recalled';
}

/** Where a fact that was waited for moves the procedure. */
function stageAfter(found: CaseLook, inStage: Stage | undefined): Stage | undefined {
  if (standsInTheWay(found)) return undefined;
  if (inStage === 'yellow-service' && found.yellowServed) return 'yellow-period';
  if (inStage === 'approval' && found.approval === 'approved') return 'red-service';
  if (inStage === 'red-service' && found.redServed !== null) return 'notice-period';
  return undefined;
}

/** Whether what was seen ends, holds or slips the procedure: then no step is taken on it. */
export const standsInTheWay = (found: CaseLook): boolean =>
  found.executed || found.ending !== null || found.hold !== null || found.slip !== null;

/** Reads what is stored. */
export const look =
  (deps: ActivityDeps) =>
  (at: CaseMoment): Promise<CaseLook> =>
    act(
      deps,
      at,
      (tx) => readLook(tx, at),
      (found) => stageAfter(found, at.inStage),
    );

async function readLook(tx: Tx, at: CaseMoment): Promise<CaseLook> {
  const row = await tx.row<LookRow>(SQL, [
    at.caseId,
    at.accountId,
    at.attempt,
    iso(at.nowMs),
    civilDateAt(at.nowMs),
  ]);
  if (row === undefined) throw new Error(`case ${at.caseId}: nothing to look at`);
  return {
    ending: endingOf(row),
    hold: holdOf(row, at.nowMs),
    slip: slipOf(row),
    // Any round that has been proven to reach the customer (T2.0, L8): sent is not served.
    firstDunningServed: row.first_served,
    yellowServed: row.yellow_served,
    redServed:
      row.red_served && row.stop_at !== null
        ? { stopAtMs: Date.parse(row.stop_at), intervalMinutes: row.interval_minutes ?? 0 }
        : null,
    approval: row.approval ?? 'none',
    authorityReceipt: row.authority_receipt,
    customerReached: row.reached,
    ticket: ticketOf(row.ticket_status),
    executed: row.executed,
  };
}
