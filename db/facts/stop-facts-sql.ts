/**
 * Everything `mayStop` needs, in one read: $1 case, $2 account, $3 attempt, $4 case time. Each part is found by a primary key or
 * by a partial index of open rows; lists come as JSON with the names of `StopFacts`.
 */
export const STOP_FACTS_SQL = `
with c as (select * from cases where case_id = $1),
     a as (select * from accounts where account_id = $2),
     plan as (select * from stop_plans where case_id = $1 and attempt = $3),
     red as (select * from notices where case_id = $1 and kind = 'red' and attempt = $3),
     appr as (select * from approvals where case_id = $1 and attempt = $3),
     orders as (select s.effect, s.from_on, s.to_on from shields s, a
                 where s.lifted_at is null and s.company_id = a.company_id
                   and (s.region is null or s.region = a.region)
                   and (s.customer_class is null or s.customer_class = a.customer_class)
                   and (s.account_id is null or s.account_id = a.account_id))
select
  a.meter_no, a.debtor_id, a.category, a.customer_class, a.protection, a.moved_out_on, a.late_fee_permille,
  c.policy, c.status = 'open' as is_case_open, a.company_id,
  (select jsonb_build_object('status', status, 'candidates', candidates, 'intervalMinutes', interval_minutes, 'stopAt', stop_at,
                             'billIds', (select coalesce(jsonb_agg(b ->> 'billId'), '[]') from jsonb_array_elements(named_bills) b))
     from plan) as plan,
  (select coalesce(jsonb_agg(jsonb_build_object('billId', b.bill_id, 'service', b.service, 'openFen', b.principal_fen - b.paid_fen,
                                                'dueDate', b.due_on, 'disputed', b.disputed)), '[]')
     from plan, jsonb_array_elements(plan.named_bills) n
     join bills b on b.bill_id = n ->> 'billId' and b.company_id = a.company_id and b.account_id = $2) as bills,
  (select min(served_at) from notices where case_id = $1 and kind = 'first-dunning' and status = 'served') as first_served_at,
  (select min(served_at) from notices where case_id = $1 and kind = 'yellow' and status = 'served') as yellow_served_at,
  (select jsonb_build_object('status', status, 'servedAt', served_at, 'lastPaymentOn', last_payment_on, 'stopAt', stop_at,
                             'intervalMinutes', interval_minutes, 'sumFen', sum_fen,
                             'billIds', (select coalesce(jsonb_agg(b ->> 'billId'), '[]') from jsonb_array_elements(named_bills) b))
     from red) as red,
  (select jsonb_build_object(
            'status', case when status = 'pending' and expires_at <= $4 then 'expired' else status end,
            'bound', bound, 'applicantId', applicant_id,
            'approverIds', (select coalesce(jsonb_agg(person), '[]') from approval_decisions d
                              left join delegations g using (delegation_id),
                              unnest(array[d.approver_id, g.from_person]) person
                             where d.approval_id = appr.approval_id and person is not null))
     from appr) as approval,
  (select receipt_at from papers where paper_key = $1 || '/suspension-copy/' || $3) as authority_receipt_at,
  (select extract(epoch from clock_timestamp() - recorded_at)::float8 from observations
    where account_id = $2 and kind = 'billing-now' order by recorded_at desc limit 1) as billing_age_seconds,
  (select coalesce(sum(p.amount_fen), 0)::bigint from payments p
    where p.account_id = $2 and p.status = 'in-flight'
      and not exists (select from payments q where q.company_id = p.company_id and q.payment_id = p.payment_id
                       and q.status <> 'in-flight')) as in_flight_fen,
  (select coalesce(sum(p.amount_fen), 0)::bigint from payments_standing p, red
    where p.account_id = $2 and p.recorded_at >= red.recorded_at) as paid_since_red_fen,
  (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'until', until_at)), '[]') from holds
    where account_id = $2 and ended_at is null) as holds,
  (select coalesce(jsonb_agg(jsonb_build_object('from', from_on, 'to', to_on)), '[]') from orders
    where effect in ('no-stop', 'both')) as stop_shields,
  (select coalesce(jsonb_agg(jsonb_build_object('from', from_on, 'to', to_on)), '[]') from orders
    where effect in ('no-late-fee', 'both')) as fee_shields,
  (select w.level from weather_warnings w, plan
    where w.company_id = a.company_id and w.region = a.region and w.day = plan.stop_on) as weather,
  (select count(*) from services s join notices n using (notice_id)
    where n.case_id = $1 and s.counts and s.method = 'signature')
  + (select count(*) from messages where case_id = $1 and channel = 'call' and status = 'acknowledged')
  + (select count(*) from links where case_id = $1 and opened_at is not null)
  + (select count(*) from case_steps where case_id = $1 and step = 'told-in-person') as contacts,
  exists (select from case_steps where case_id = $1 and step = 'senior-decision' and attempt = $3
             and detail ->> 'decision' is distinct from 'refuse') as senior_decided,
  (select min(told) from (
     select coalesce(answered_at, delivered_at, sent_at) as told from messages
      where case_id = $1 and message_key like $1 || '/second-notice-%/' || $3
        and (status = 'acknowledged' or (channel = 'sms' and status = 'delivered'))
     union all
     select occurred_at from case_steps where case_id = $1 and step = 'told-in-person' and attempt = $3) t) as second_notice_at,
  (select jsonb_build_object('status', status, 'meterNo', meter_no) from tickets
    where case_id = $1 and kind = 'stop' and attempt = $3) as ticket,
  exists (select from case_steps where case_id = $1 and step = 'meter-identified' and attempt = $3
             and coalesce(detail ->> 'meterNo', a.meter_no) = a.meter_no) as meter_identified
from a, c`;
