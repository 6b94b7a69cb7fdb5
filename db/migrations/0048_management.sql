-- What management looks at, counted along indexes: with 100,000 open cases of 1,000,000 accounts nothing may be joined first.

-- Whose account it is; the newest reader of a case that is open, the last one of a case that is over.
alter table cases add column reader_id text;
update cases c set reader_id = a.reader_id from accounts a where a.account_id = c.account_id;

create function reader_of_case() returns trigger language plpgsql as $$
begin
  new.reader_id := coalesce(new.reader_id, (select reader_id from accounts where account_id = new.account_id));
  return new;
end $$;
create trigger reader_of_case before insert on cases for each row execute function reader_of_case();

create function reader_has_changed() returns trigger language plpgsql as $$
begin
  update cases set reader_id = new.reader_id where account_id = new.account_id and status = 'open';
  return null;
end $$;
create trigger reader_has_changed after update of reader_id on accounts
  for each row when (old.reader_id is distinct from new.reader_id) execute function reader_has_changed();

-- The case that money came in for, found out in the transaction that stores it: the open one, that of the stop in force, or that of
-- the same payment when it was still in flight. Rows from before stay without: what is append-only is not written into afterwards.
alter table payments add column case_id text;
create function case_of_payment() returns trigger language plpgsql as $$
begin
  new.case_id := coalesce(
    new.case_id,
    (select case_id from cases where account_id = new.account_id and status = 'open'),
    (select case_id from stops where account_id = new.account_id and in_force),
    (select max(case_id) from payments where company_id = new.company_id and payment_id = new.payment_id));
  return new;
end $$;
create trigger case_of_payment before insert on payments for each row execute function case_of_payment();

create index cases_open_counted on cases (company_id, centre_id, reader_id, stage) where status = 'open';
create index cases_newest_of_reader on cases (company_id, reader_id, opened_at desc, case_id desc);
create index payments_of_cases on payments (company_id, recorded_at) include (centre_id, status, amount_fen) where case_id is not null;
create index restorations_by_day on restorations (company_id, recorded_at);
create index restorations_missed on restorations (company_id, deadline_at, stop_id) where missed;
create index tasks_open_counted on tasks (company_id, centre_id, assignee, due_at) where done_at is null;
create index stops_in_force_counted on stops (company_id, centre_id) where in_force;
