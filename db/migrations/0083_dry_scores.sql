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
call scope_by_centre('credit_dry_scores');
grant select, insert on credit_dry_scores to fudian_app;
