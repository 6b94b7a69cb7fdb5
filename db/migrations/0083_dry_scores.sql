-- Who would move in a dry run of scores, and why: the score with its indicators.
create table credit_dry_scores (
  company_id  text not null,
  centre_id   text not null,
  run_id      text not null references credit_runs,
  account_id  text not null,
  -- null: nobody has scored them yet.
  from_grade  text check (from_grade in ('excellent', 'good', 'fair', 'poor', 'bad')),
  to_grade    text not null check (to_grade in ('excellent', 'good', 'fair', 'poor', 'bad')),
  score_centi integer not null,
  final_centi integer not null,
  indicators  jsonb not null,
  primary key (run_id, account_id)
);
alter table credit_dry_scores enable row level security;
create policy scope on credit_dry_scores using (company_id = current_company() and sees_centre(centre_id));
grant select, insert on credit_dry_scores to fudian_app;
