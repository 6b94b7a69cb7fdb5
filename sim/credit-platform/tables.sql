create table if not exists platform_record (
  record_key   text primary key,
  seq          bigint generated always as identity,
  platform_id  text not null unique,
  body         jsonb not null,
  -- When the platform has looked at it; until then it is only received.
  decided_at   timestamptz not null,
  verdict      text not null check (verdict in ('accepted', 'rejected')),
  code         text,
  withdrawn_at timestamptz,
  withdrawn_why text
);
