-- What the watch found that people have to look at: one row while it stands, cleared when it is mended.

create table alarms (
  alarm_id    text primary key,
  company_id  text not null,
  -- null: of the whole company.
  centre_id   text,
  account_id  text references accounts,
  case_id     text,
  kind        text not null,
  subject_id  text not null,
  -- Ids, numbers and instants only.
  detail      jsonb not null default '{}',
  raised_at   timestamptz not null default clock_timestamp(),
  seen_at     timestamptz not null default clock_timestamp(),
  -- When a report upward was started for it.
  reported_at timestamptz,
  cleared_at  timestamptz,
  check (cleared_at is null or cleared_at >= raised_at)
);
create unique index alarms_standing on alarms (company_id, kind, subject_id) where cleared_at is null;
create index alarms_list on alarms (company_id, raised_at, alarm_id);

-- When each watch last finished, so that a watch that has stopped is seen too.
create table watch_runs (
  company_id  text not null,
  run         text not null,
  finished_at timestamptz not null default clock_timestamp(),
  found       integer not null default 0,
  primary key (company_id, run)
);

alter table alarms enable row level security;
create policy scope on alarms using (company_id = current_company() and sees_centre(centre_id));
alter table watch_runs enable row level security;
create policy scope on watch_runs using (company_id = current_company());
grant select, insert, update on alarms, watch_runs to fudian_app;

-- The watch asks which stops are owed a restoration that has not begun.
create index stops_in_force_by_id on stops (stop_id) where in_force;
create index messages_unsent on messages (channel) where status in ('prepared', 'sending');
