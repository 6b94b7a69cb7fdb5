-- Comparisons of the books with the engine, billing, the crews' system and the meters; every difference is a row.

create table reconciliations (
  reconciliation_id text primary key,
  company_id        text not null,
  dry_run           boolean not null,
  asked_by          text not null,
  -- Part → how many were compared, or 'failed'.
  parts             jsonb not null default '{}',
  started_at        timestamptz not null default clock_timestamp(),
  finished_at       timestamptz
);
create index reconciliations_latest on reconciliations (company_id, started_at desc);

create table differences (
  reconciliation_id text not null references reconciliations,
  company_id        text not null,
  -- null: of nobody's account.
  centre_id         text,
  account_id        text references accounts,
  kind              text not null,
  subject_id        text not null,
  action            text not null check (action in ('reported', 'would-mend', 'mending', 'mended', 'not-mended')),
  -- Ids, numbers and instants only.
  detail            jsonb not null default '{}',
  recorded_at       timestamptz not null default clock_timestamp(),
  primary key (reconciliation_id, kind, subject_id)
);

-- What an older version of the code must know to work on this schema: the number of the newest migration it brings along. A
-- migration that takes something away, or changes what it means, raises it in the same step.
create table schema_needs (
  one            boolean primary key default true check (one),
  oldest_code    integer not null
);
insert into schema_needs (oldest_code) values (18);

alter table reconciliations enable row level security;
create policy scope on reconciliations using (company_id = current_company());
alter table differences enable row level security;
create policy scope on differences using (company_id = current_company() and sees_centre(centre_id));
grant select, insert, update on reconciliations, differences to fudian_app;
grant select on schema_needs, migrations to fudian_app;
