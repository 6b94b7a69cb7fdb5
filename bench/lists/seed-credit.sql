-- What the screens of credit, orders and papers read in such a company: a ninth of all accounts has moved once, a tenth of those waits for a person.

create temp table a as
select n, 'acc-' || substr(md5(n::text), 1, 20) as account_id, 'centre-' || 1 + n % 20 as centre_id,
       now() - (n % 300) * interval '1 day' - n * interval '1 ms' as at
  from generate_series(1, :accounts, 9) n;

insert into credit_standings (account_id, company_id, centre_id, grade, grade_since, grade_month, grade_n, watch, colour, colour_since)
select account_id, :company, centre_id, (array['A', 'B', 'C', 'D'])[1 + n % 4], at::date, date_trunc('month', now())::date, 1, n % 3 = 0,
       'green', at::date from a;
insert into credit_grades (company_id, centre_id, account_id, month, n, as_of, grade, code, watch, colour, colour_code, oldest_days,
    owed_fen, late_bills, bills, deferred, policy_version, cause)
select :company, centre_id, account_id, date_trunc('month', now())::date - k * interval '1 month', 1, current_date, 'B', 'late-within-year', false,
       'green', 'late-within-year', 0, 0, 0, 12, false, 'v1', 'monthly' from a, generate_series(0, 2) k;
insert into credit_moves (company_id, centre_id, account_id, scheme, from_value, to_value, on_date, cause, moved_by)
select :company, centre_id, account_id, 'grade', 'A', 'B', at::date, 'monthly', 'fudian' from a;
insert into credit_files (company_id, centre_id, account_id, version, party_kind, identity_enc, changed_by, reason, source, occurred_at)
select :company, centre_id, account_id, 1, 'person', :text, 'officer', 'first', 'own', at from a;
insert into credit_records (record_id, company_id, centre_id, account_id, kind, occurred_on, confirmed, detail_enc, source, source_name,
    source_ref, recorded_by)
select 'record-' || n, :company, centre_id, account_id, 'breach', at::date, true, :text, 'own', 'fudian', 'record-' || n, 'officer' from a;
insert into credit_downgrades (downgrade_id, company_id, centre_id, account_id, scheme, from_value, to_value, month, n, code, status, occurred_at)
select 'downgrade-' || n, :company, centre_id, account_id, 'grade', 'B', 'C', date_trunc('month', now())::date, 1, 'late-within-year',
       case when n % 10 = 1 then 'queued' else 'in-force' end, at from a;
insert into credit_objections (objection_id, company_id, centre_id, account_id, scheme, words_enc, status, due_at, filed_by, channel,
    decided_by, decided_at, occurred_at)
select 'objection-' || n, :company, centre_id, account_id, 'grade', :name, case when n % 10 = 1 then 'open' else 'rejected' end,
       at + interval '15 days', 'clerk', 'hotline', case when n % 10 <> 1 then 'officer' end, case when n % 10 <> 1 then at end, at from a;
insert into credit_repairs (repair_id, company_id, centre_id, account_id, record_id, words_enc, status, decided_by, decided_at, applied_by,
    occurred_at)
select 'repair-' || n, :company, centre_id, account_id, 'record-' || n, :name, case when n % 10 = 1 then 'applied' else 'granted' end,
       case when n % 10 <> 1 then 'officer' end, case when n % 10 <> 1 then at end, 'clerk', at from a;
insert into credit_exports (export_id, company_id, centre_id, account_id, kind, subject_id, party_kind, basis_id, body_enc, body_sha256,
    status, proposed_by, stated_on)
select 'export-' || n, :company, centre_id, account_id, 'grade', 'subject-' || n, 'firm', 'basis-1', :text, 'x',
       case when n % 10 = 1 then 'proposed' else 'withdrawn' end, 'officer', at::date from a;
insert into credit_measures (measure_id, company_id, centre_id, account_id, scheme, kind, effect, given_by, period, owner_role, from_on,
    due_on, status, clause)
select 'measure-' || n || '/' || k, :company, centre_id, account_id, 'grade', 'prepaid-meter-offer', 'proposal', 'C', '2026-' || k, 'reader',
       at::date, at::date + 30, case when k = 1 then 'open' else 'done' end, 'C1' from a, generate_series(1, 3) k;
insert into credit_runs (run_id, company_id, kind, month, as_of, dry, policy_version, policy, known_at, status, total, started_by)
select 'run-' || k, :company, 'grade', '2026-01-01', '2026-01-31', k % 2 = 1, 'v1', '{}', now(), 'done', :accounts, 'officer'
  from generate_series(1, 200) k;
insert into credit_dry_moves (company_id, centre_id, run_id, account_id, from_grade, to_grade, from_colour, to_colour, code, facts)
select :company, centre_id, 'run-1', account_id, 'A', 'B', 'green', 'blue', 'late-within-year', jsonb_build_object('asOf', current_date, 'oldestDays', 40, 'owedFen', 10000, 'lateBills', 3, 'bills', 12, 'offenceOn', null,
         'customerSince', '2020-01-01', 'deferred', false) from a;
insert into credit_run_faults (company_id, centre_id, run_id, account_id, error)
select :company, centre_id, 'run-1', account_id, 'error' from a where n % 100 = 1;

insert into shields (company_id, shield_id, region, account_id, effect, order_no, reason, from_on, to_on, set_by)
select :company, 'shield-' || n, case when n % 100 = 1 then '区1' end, case when n % 100 <> 1 then account_id end, 'no-stop', 'order', 'reason',
       at::date, at::date + 60, 'head' from a where n % 20 = 1;
insert into alarms (alarm_id, company_id, centre_id, account_id, kind, subject_id, detail, raised_at, cleared_at)
select 'alarm-' || n, :company, centre_id, account_id, 'idle', 'subject-' || n, '{}', at, case when n % 1000 <> 1 then at end from a;
insert into events (company_id, centre_id, topic, account_id)
select :company, centre_id, 'task.changed', account_id from a;
insert into import_rejects (company_id, import_id, row_no, field, code, reason)
select :company, 'import-1', n, 'amount', 'bad', 'bad' from a;
insert into reconciliations (reconciliation_id, company_id, dry_run, asked_by, parts, started_at)
select 'reconciliation-' || k, :company, false, 'fudian', '{}', now() - k * interval '1 day' from generate_series(1, 400) k;
insert into differences (reconciliation_id, company_id, centre_id, account_id, kind, subject_id, action, detail)
select 'reconciliation-' || 1 + n % 400, :company, centre_id, account_id, 'payment', 'subject-' || n, 'mended', '{}' from a;

drop table a;
