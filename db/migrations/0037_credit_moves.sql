-- A run writes and reads one month of a stretch of accounts: the month leads. One account over the months is found by skipping.
alter table credit_grades drop constraint credit_grades_pkey;
alter table credit_grades add primary key (month, account_id, n);

-- Each move of a standing, by run or by person: what held when, and who said so.
create table credit_moves (
  company_id  text not null,
  centre_id   text not null,
  account_id  text not null,
  scheme      text not null check (scheme in ('grade', 'score', 'colour')),
  from_value  text,
  to_value    text not null,
  on_date     date not null,
  cause       text not null,
  moved_by    text not null,
  recorded_at timestamptz not null default clock_timestamp()
);
create index credit_moves_account on credit_moves (account_id, recorded_at);
alter table credit_moves enable row level security;
create policy scope on credit_moves using (company_id = current_company() and sees_centre(centre_id));
create trigger credit_moves_append_only before update or delete or truncate on credit_moves for each statement execute function never_changes();
grant select, insert on credit_moves to fudian_app;
