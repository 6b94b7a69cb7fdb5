-- Grades, scores and colours: what the rules said of each account and month, from which facts, and what holds now.

-- A company's own definitions from a day on, laid over the defaults of rules/credit.
create table credit_policies (
  company_id   text not null,
  version      text not null,
  valid_from   date not null,
  valid_to     date check (valid_to >= valid_from),
  body         jsonb not null,
  published_by text not null,
  recorded_at  timestamptz not null default clock_timestamp(),
  primary key (company_id, version)
);

-- What the law does not give of itself (L1) is on only where a basis is recorded and signed by two.
create table legal_bases (
  company_id  text not null,
  basis_id    text primary key,
  measure     text not null,
  document    text not null check (length(document) > 3),
  article     text not null check (length(article) > 0),
  valid_from  date not null,
  valid_to    date check (valid_to >= valid_from),
  recorded_by text not null,
  signed_by   text check (signed_by <> recorded_by),
  signed_at   timestamptz,
  revoked_at  timestamptz,
  recorded_at timestamptz not null default clock_timestamp(),
  check ((signed_by is null) = (signed_at is null))
);
create index legal_bases_measure on legal_bases (company_id, measure);

create table credit_runs (
  run_id         text primary key,
  company_id     text not null,
  kind           text not null check (kind in ('grade', 'score')),
  -- First day of the month judged; of a score run the first day of its year.
  month          date not null check (extract(day from month) = 1),
  as_of          date not null,
  dry            boolean not null,
  policy_version text not null,
  policy         jsonb not null,
  -- Facts recorded later than this are not looked at.
  known_at       timestamptz not null,
  status         text not null check (status in ('running', 'paused', 'done', 'cancelled')),
  total          bigint not null,
  done           bigint not null default 0,
  moved_up       bigint not null default 0,
  moved_down     bigint not null default 0,
  queued         bigint not null default 0,
  faults         bigint not null default 0,
  -- The last account that is done; the next chunk begins behind it.
  cursor         text not null default '',
  started_by     text not null,
  finished_at    timestamptz,
  recorded_at    timestamptz not null default clock_timestamp()
);

-- An account that could not be judged; the others went on.
create table credit_run_faults (
  company_id  text not null,
  centre_id   text not null,
  run_id      text not null references credit_runs,
  account_id  text not null,
  error       text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (run_id, account_id)
);

-- Who would move in a dry run, and why.
create table credit_dry_moves (
  company_id  text not null,
  centre_id   text not null,
  run_id      text not null references credit_runs,
  account_id  text not null,
  from_grade  text not null,
  to_grade    text not null,
  from_colour text not null,
  to_colour   text not null,
  code        text not null,
  facts       jsonb not null,
  primary key (run_id, account_id)
);

-- One line for each judgement that differs from the one before it in the same month: append-only, so "as known then" is a question of
-- recorded_at. `month`: first day of the month. The facts are those of rules/credit/facts.ts.
create table credit_grades (
  company_id      text not null,
  centre_id       text not null,
  account_id      text not null,
  month           date not null,
  n               integer not null,
  as_of           date not null,
  grade           char(1) not null check (grade in ('A', 'B', 'C', 'D')),
  code            text not null,
  watch           boolean not null,
  colour          text not null check (colour in ('green', 'blue', 'yellow', 'red', 'black')),
  colour_code     text not null,
  oldest_days     integer not null,
  owed_fen        bigint not null,
  late_bills      integer not null,
  bills           integer not null,
  offence_on      date,
  customer_since  date,
  deferred        boolean not null,
  policy_version  text not null,
  cause           text not null check (cause in ('monthly', 'major-change', 'objection', 'repair', 'recount')),
  run_id          text,
  recorded_at     timestamptz not null default clock_timestamp(),
  primary key (account_id, month, n)
);

create table credit_scores (
  score_id       text primary key,
  company_id     text not null,
  centre_id      text not null,
  account_id     text not null references accounts,
  as_of          date not null,
  -- [{indicator, points, weight, code, params}], points 0-100
  indicators     jsonb not null,
  -- Weighted, before the adjustment, in hundredths of a point.
  score_centi    integer not null check (score_centi between 0 and 10000),
  adjustment_id  text,
  final_centi    integer not null check (final_centi between 0 and 10000),
  score_grade    text not null check (score_grade in ('excellent', 'good', 'fair', 'poor', 'bad')),
  policy_version text not null,
  cause          text not null check (cause in ('yearly', 'major-change', 'adjustment', 'objection', 'repair', 'request')),
  run_id         text,
  recorded_at    timestamptz not null default clock_timestamp()
);
create index credit_scores_account on credit_scores (account_id, recorded_at desc);

-- A person's judgement on top of the figures (K5.2): with a reason, in bounds, and seen by a second person.
create table credit_adjustments (
  adjustment_id text primary key,
  company_id    text not null,
  centre_id     text not null,
  account_id    text not null references accounts,
  points        integer not null check (points <> 0),
  reason_enc    bytea not null,
  status        text not null check (status in ('proposed', 'accepted', 'refused', 'ended')),
  proposed_by   text not null,
  decided_by    text check (decided_by <> proposed_by),
  decided_at    timestamptz,
  valid_to      date not null,
  recorded_at   timestamptz not null default clock_timestamp(),
  check ((status = 'proposed') = (decided_by is null))
);
create unique index credit_adjustments_one on credit_adjustments (account_id) where status in ('proposed', 'accepted');

-- What holds now. The run moves it where nobody is harmed; a harmful move waits in credit_downgrades for a person (L7).
create table credit_standings (
  account_id   text primary key references accounts,
  company_id   text not null,
  centre_id    text not null,
  grade        char(1) not null check (grade in ('A', 'B', 'C', 'D')),
  grade_since  date not null,
  grade_month  date not null,
  grade_n      integer not null,
  watch        boolean not null,
  colour       text not null check (colour in ('green', 'blue', 'yellow', 'red', 'black')),
  colour_since date not null,
  score_grade  text check (score_grade in ('excellent', 'good', 'fair', 'poor', 'bad')),
  score_since  date,
  score_id     text,
  -- Under objection: adverse effects rest meanwhile (L5).
  objected_at  timestamptz,
  -- The record says that a breach was repaired (K7.3).
  repaired_on  date,
  changed_at   timestamptz not null default clock_timestamp()
);
create index credit_standings_grade on credit_standings (company_id, centre_id, grade, account_id);

-- Somebody to look at again, because something changed; worked off within minutes.
create table credit_due (
  due_id      bigint generated always as identity primary key,
  company_id  text not null,
  centre_id   text not null,
  account_id  text not null,
  cause       text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  done_at     timestamptz
);
create index credit_due_open on credit_due (company_id, due_id) where done_at is null;

do $$
declare t text;
begin
  foreach t in array array['credit_run_faults', 'credit_dry_moves', 'credit_grades', 'credit_scores', 'credit_adjustments', 'credit_standings',
    'credit_due'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I using (company_id = current_company() and sees_centre(centre_id))', t);
  end loop;
  foreach t in array array['credit_policies', 'legal_bases', 'credit_runs'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I using (company_id = current_company())', t);
  end loop;
  foreach t in array array['credit_policies', 'credit_grades', 'credit_scores'] loop
    execute format('create trigger %I before update or delete or truncate on %I for each statement execute function never_changes()', t || '_append_only', t);
  end loop;
end $$;
grant select, insert on credit_policies, credit_grades, credit_scores, credit_run_faults, credit_dry_moves to fudian_app;
grant select, insert, update on legal_bases, credit_runs, credit_adjustments, credit_standings, credit_due to fudian_app;
grant usage on all sequences in schema public to fudian_app;
