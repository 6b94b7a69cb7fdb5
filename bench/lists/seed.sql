-- A company with $accounts accounts, one tenth of them in an open case at every stage, and what such a company has stored by then.
-- Run by the owner of the cluster with triggers off: what is measured is reading.
-- :accounts, :company and the sealed values are put in by seed.ts.

insert into centres (centre_id, company_id, name, region)
select 'centre-' || n, :company, '抄表中心' || n, '区' || n from generate_series(3, 20) n;

insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no, debtor_id,
    reader_id, name_enc, phone_enc, address_enc, phone_hash, protection)
select 'acc-' || substr(md5(n::text), 1, 20), :company, 'centre-' || 1 + n % 20, '3208' || lpad(n::text, 8, '0'), '区' || 1 + n % 20,
       'resident', 'resident', 'M' || n, 'deb-' || n, 'reader-' || n % 400, :name, :phone, :address,
       sha256(n::text::bytea), 'none'
  from generate_series(1, :accounts) n;

-- Three words of a name out of 40,000, twenty of an address: four that every address has, the rest out of 60,000.
insert into account_search (account_id, company_id, centre_id, name_words, address_words)
select 'acc-' || substr(md5(n::text), 1, 20), :company, 'centre-' || 1 + n % 20,
       array[hashint8(n % 200), hashint8(1000 + n % 40000)],
       array[:everywhere] || array[hashint8(100000 + n % 3000), hashint8(200000 + n % 900), hashint8(300000 + n % 7919)]
         || array(select hashint8(400000 + (n * k) % 60000)::bigint from generate_series(1, 12) k)
  from generate_series(1, :accounts) n;

insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on)
select :company, 'centre-' || 1 + n % 20, 'B' || n, 'acc-' || substr(md5(n::text), 1, 20), 'electricity', '2026-05', 10000, 0,
       current_date - 90, current_date - 60
  from generate_series(1, :accounts) n;

create temp table c as
select n, 'case-' || n as case_id, 'acc-' || substr(md5((n * 10)::text), 1, 20) as account_id, 'centre-' || 1 + n * 10 % 20 as centre_id,
       (array['first-dunning', 'yellow-service', 'yellow-period', 'approval', 'red-service', 'notice-period', 'ticket',
              'second-notice', 'permit', 'held'])[1 + n % 10] as stage,
       now() - (n % 60) * interval '1 day' - n * interval '1 ms' as at
  from generate_series(1, :accounts / 10) n;

insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, stage, stage_since, attempt, launched_by, opened_at,
                   reader_id)
select case_id, :company, centre_id, account_id, 'v1', :policy, stage, at, 1, 'clerk', at, 'reader-' || n * 10 % 400 from c;
-- Twice as many are over.
insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, status, outcome, stage, stage_since, attempt,
                   launched_by, opened_at, closed_at, reader_id)
select case_id || '-' || k, :company, centre_id, account_id, 'v1', :policy, 'closed', 'paid', 'closed', at, 1, 'clerk',
       at - k * interval '200 days', at - k * interval '190 days', 'reader-' || n * 10 % 400
  from c, generate_series(1, 2) k;

insert into case_steps (company_id, centre_id, case_id, step, attempt, occurred_at)
select :company, centre_id, case_id, step, 1, at from c, unnest(array['plan-stop', 'schedule-stop']) step;
insert into notices (notice_id, company_id, centre_id, case_id, account_id, kind, attempt, status, named_bills, principal_fen,
    late_fee_fen, sum_fen, text_enc, served_on, served_at, occurred_at)
select 'notice/' || case_id || '/' || kind || '/1', :company, centre_id, case_id, account_id, kind, 1, 'served', '[]', 10000, 0, 10000,
       :text, at::date, at, at
  from c, unnest(array['first-dunning', 'yellow', 'red']) kind;
insert into messages (message_id, company_id, centre_id, account_id, case_id, message_key, channel, purpose, address_enc, text_enc,
    status, occurred_at)
select 'msg-' || case_id || k, :company, centre_id, account_id, case_id, case_id || '/first-dunning/' || k, 'sms', 'first-dunning',
       :phone, :text, 'delivered', at
  from c, generate_series(1, 2) k;
insert into stop_plans (company_id, centre_id, case_id, attempt, status, candidates, named_bills, named_principal_fen, interval_minutes,
    stop_on, stop_at)
select :company, centre_id, case_id, 1, 'fixed',
       jsonb_build_array(jsonb_build_object('serviceDate', current_date - 4, 'stopDate', current_date + 3, 'startMinute', 600,
         'ticketDate', current_date + 2, 'lastPaymentDate', current_date + 2)),
       jsonb_build_array(jsonb_build_object('billId', 'B' || n * 10, 'openFen', 10000, 'dueDate', current_date - 60)), 10000, 60,
       current_date + 3, now() + interval '3 days' from c;
insert into approvals (approval_id, company_id, centre_id, case_id, attempt, status, applicant_id, required_roles, bound, expires_at, occurred_at)
select 'approval/' || case_id || '/1', :company, centre_id, case_id, 1, case when stage = 'approval' then 'pending' else 'approved' end,
       'reader-1', '{station-head}',
       jsonb_build_object('accountId', account_id, 'meterNo', 'M' || n * 10, 'debtorId', 'deb-' || n * 10, 'principalFen', 10000,
         'billIds', jsonb_build_array('B' || n * 10),
         'slots', jsonb_build_array(jsonb_build_object('stopDate', current_date + 3, 'startMinute', 600))), at + interval '20 days', at from c;
insert into tasks (task_id, company_id, centre_id, case_id, account_id, kind, role, assignee, ref, not_before, due_at, done_at, occurred_at)
select 'task/' || kind || '/' || case_id, :company, centre_id, case_id, account_id, kind, 'reader', 'reader-' || n % 400, case_id, at,
       at + interval '9 days', case when kind = 'serve-first' then at end, at
  from c, unnest(array['serve-first', 'serve-yellow']) kind;
insert into tickets (ticket_id, company_id, centre_id, account_id, case_id, kind, attempt, status, raised_by, meter_no, form_enc,
    planned_from, planned_to, occurred_at)
select 'ticket/' || case_id || '/1', :company, centre_id, account_id, case_id, 'stop', 1,
       case when stage = 'permit' then 'dispatched' else 'done' end, 'reader-1', 'M' || n * 10, :text, at, at + interval '1 hour', at from c;
insert into stops (stop_id, company_id, centre_id, account_id, case_id, named_bills, principal_fen, classification, in_force, method,
    meter_no, proof, occurred_at, restored_at)
select 'stop-' || case_id, :company, centre_id, account_id, case_id || '-1', '[]', 10000, 'lawful', n % 20 = 0, 'crew', 'M' || n * 10,
       '{}', at, case when n % 20 > 0 then at + interval '5 hours' end from c;
insert into restorations (stop_id, company_id, centre_id, account_id, status, cause_at, promise_at, deadline_at, restored_at, missed, recorded_at)
select 'stop-' || case_id, :company, centre_id, account_id, case when n % 200 = 0 then 'dispatched' else 'restored' end, at,
       at + interval '12 hours', at + interval '1 day', case when n % 200 > 0 then at + (1 + n % 29) * interval '1 hour' end, n % 29 > 23, at
  from c where n % 20 > 0 or n % 200 = 0;
insert into restoration_triggers (trigger_id, company_id, centre_id, stop_id, kind, fact_id, occurred_at)
select 'trigger-' || case_id, :company, centre_id, 'stop-' || case_id, 'paid', 'p-' || case_id, at from c;
insert into holds (hold_id, company_id, centre_id, account_id, kind, until_at, decision_due_at, reason, set_by, ended_at, occurred_at)
select 'hold-' || case_id, :company, centre_id, account_id, case when n % 3 = 0 then 'dispute' else 'plan' end, at + interval '90 days',
       case when n % 3 = 0 then at + interval '3 days' end, 'reason', 'clerk', case when n % 10 > 0 then at + interval '2 days' end, at from c;
insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at, recorded_at, case_id)
select :company, centre_id, 'p-' || case_id || k, 'posted', account_id, 100, 'bank', 'billing', at, at, case_id from c, generate_series(1, 3) k;
insert into escalations (company_id, centre_id, account_id, subject, subject_id, rung, to_role, text, occurred_at, acknowledged_by, acknowledged_at)
select :company, centre_id, account_id, 'refusal', case_id, rung, 'team-leader', 'text', at,
       case when n % 10 > 0 then 'head' end, case when n % 10 > 0 then at end
  from c, generate_series(1, 2) rung where n % 4 = 0;
insert into papers (paper_key, company_id, centre_id, case_id, account_id, kind, text_enc, submitted_at, receipt_at)
select case_id || '/suspension-copy/1', :company, centre_id, case_id, account_id, 'suspension-copy', :text, at,
       case when n % 100 > 0 then at end from c where n % 10 = 0;
insert into incidents (incident_id, company_id, centre_id, stop_id, kind, reasons, occurred_at)
select 'incident-' || n, :company, centre_id, 'stop-' || case_id, 'race', '[]', at from c where n % 500 = 0;
insert into decisions (decision_id, company_id, centre_id, account_id, case_id, decision_key, question, outcome, reasons, missing, facts,
    rulebook_version, occurred_at)
select 'd-' || case_id || k, :company, centre_id, account_id, case_id, case_id || '/' || k, 'plan-stop', 'permitted', '[]', '[]', '{}', '1', at
  from c, generate_series(1, 2) k;
insert into audit (company_id, chain_id, n, actor, action, body, occurred_at, prev_hash, hash)
select :company, case_id, k, 'fudian', 'case.step', '{}', at, '\x00', '\x00' from c, generate_series(1, 8) k;
insert into imports (import_id, company_id, centre_id, file_sha256, file_name, imported_by, finished_at)
select 'import-' || n, :company, 'centre-' || 1 + n % 20, '', 'arrears.csv', 'clerk', now() from generate_series(1, 2000) n;

drop table c;
