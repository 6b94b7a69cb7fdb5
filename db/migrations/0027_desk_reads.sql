-- What the desk reads. With 100,000 open cases of 1,000,000 accounts a page of the list is one walk along an index.

create index cases_newest on cases (company_id, opened_at desc, case_id desc);
create index cases_newest_of_status on cases (company_id, status, opened_at desc, case_id desc);
create index cases_newest_of_stage on cases (company_id, status, stage, opened_at desc, case_id desc);
create index cases_newest_of_centre on cases (company_id, centre_id, opened_at desc, case_id desc);
create index tasks_due on tasks (company_id, due_at, task_id) where done_at is null;
create index approvals_due on approvals (company_id, status, expires_at, approval_id);
create index approvals_case on approvals (case_id);
create index bills_open_of_account on bills (account_id) where paid_fen < principal_fen;

-- Who had an approval's whole file on the screen: several are signed at once only by somebody who opened each.
create table approval_views (
  company_id  text not null,
  centre_id   text not null,
  approval_id text not null references approvals,
  person_id   text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (approval_id, person_id)
);
alter table approval_views enable row level security;
create policy scope on approval_views using (company_id = current_company() and sees_centre(centre_id));
grant select, insert, update on approval_views to fudian_app;
