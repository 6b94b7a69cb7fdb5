-- Tasks, reports upward, papers for authorities; inbox, outbox, idempotency; the append-only audit chain.

create table tasks (
  task_id     text primary key,
  company_id  text not null,
  centre_id   text not null,
  case_id     text,
  account_id  text not null references accounts,
  kind        text not null check (kind in
    ('serve-first', 'serve-yellow', 'serve-red', 'identify-meter', 'tell-in-person', 'somebody-knows', 'raise-by-hand',
     'restore-by-hand', 'ask-protection', 'manual-path', 'explain-miss')),
  role        text not null,
  assignee    text,
  ref         text not null,
  not_before  timestamptz not null,
  due_at      timestamptz not null,
  done_at     timestamptz,
  outcome     text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp()
);
create index tasks_open on tasks (company_id, centre_id, role, due_at) where done_at is null;

-- A report that climbs: one row per rung, until somebody acknowledges.
create table escalations (
  company_id      text not null,
  centre_id       text not null,
  account_id      text not null references accounts,
  subject         text not null check (subject in ('refusal', 'restoration', 'approval', 'large-arrears', 'dispute', 'stand-down', 'stuck')),
  subject_id      text not null,
  rung            integer not null,
  to_role         text not null,
  text            text not null,
  occurred_at     timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  recorded_at     timestamptz not null default clock_timestamp(),
  primary key (subject, subject_id, rung)
);

create table papers (
  paper_key     text primary key,
  company_id    text not null,
  centre_id     text not null,
  case_id       text,
  account_id    text not null references accounts,
  kind          text not null check (kind in ('suspension-copy', 'large-arrears')),
  text_enc      bytea not null,
  submission_id text,
  submitted_at  timestamptz,
  receipt_at    timestamptz,
  receipt_by    text,
  recorded_at   timestamptz not null default clock_timestamp()
);

create table outbox (
  outbox_id    bigint generated always as identity primary key,
  company_id   text not null,
  kind         text not null check (kind in 
    ('signal-case', 'start-restore', 'signal-restore', 'start-report', 'signal-report', 'stand-down', 'webhook')),
  outbox_key   text not null unique,
  -- 0 restoration and stand-down, 1 cases, 2 the rest
  priority     smallint not null,
  payload      jsonb not null,
  attempts     integer not null default 0,
  next_try_at  timestamptz not null default clock_timestamp(),
  done_at      timestamptz,
  last_error   text,
  recorded_at  timestamptz not null default clock_timestamp()
);
create index outbox_due on outbox (priority, next_try_at) where done_at is null;

create function outbox_wake() returns trigger language plpgsql as $$
begin
  perform pg_notify('fudian_outbox', '');
  return null;
end $$;
create trigger outbox_wake after insert on outbox for each statement execute function outbox_wake();

create table webhook_subscriptions (
  subscription_id text primary key,
  company_id      text not null,
  url             text not null,
  secret_enc      bytea not null,
  events          text[] not null,
  ended_at        timestamptz,
  recorded_at     timestamptz not null default clock_timestamp()
);

-- Facts from outside, each once under its own key.
create table inbox (
  company_id  text not null,
  source      text not null,
  fact_key    text not null,
  body_sha256 text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (company_id, source, fact_key)
);

create table idempotency_keys (
  company_id   text not null,
  person_id    text not null,
  key          text not null,
  request_hash text not null,
  status       integer,
  body         jsonb,
  recorded_at  timestamptz not null default clock_timestamp(),
  primary key (company_id, person_id, key)
);

create table feed_cursors (
  company_id  text not null,
  feed        text not null,
  cursor      text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (company_id, feed)
);

create table imports (
  import_id     text primary key,
  company_id    text not null,
  centre_id     text not null,
  file_sha256   text not null,
  file_name     text not null,
  rows_read     bigint not null default 0,
  rows_new      bigint not null default 0,
  rows_changed  bigint not null default 0,
  rows_same     bigint not null default 0,
  rows_bad      bigint not null default 0,
  imported_by   text not null,
  finished_at   timestamptz,
  recorded_at   timestamptz not null default clock_timestamp()
);

create table import_rejects (
  company_id text not null,
  import_id  text not null references imports,
  row_no     bigint not null,
  field      text not null,
  reason     text not null,
  primary key (import_id, row_no, field)
);

create table audit (
  company_id  text not null,
  -- The case, or the account where there is no case.
  chain_id    text not null,
  n           integer not null,
  actor       text not null,
  action      text not null,
  body        jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  prev_hash   bytea not null,
  hash        bytea not null,
  primary key (chain_id, n)
);

create table audit_heads (
  company_id text not null,
  chain_id   text primary key,
  n          integer not null,
  hash       bytea not null
);

-- Links each line to the one before; the head's row lock keeps two writers in line.
create function audit_link() returns trigger language plpgsql as $$
declare head audit_heads;
begin
  insert into audit_heads (company_id, chain_id, n, hash) values (new.company_id, new.chain_id, 0, '\x')
    on conflict (chain_id) do nothing;
  select * into head from audit_heads where chain_id = new.chain_id for update;
  new.n := head.n + 1;
  new.prev_hash := head.hash;
  new.recorded_at := clock_timestamp();
  new.hash := sha256(convert_to(concat_ws(E'\x1f', encode(new.prev_hash, 'hex'), new.company_id, new.chain_id, new.n::text,
    new.actor, new.action, new.body::text,
    to_char(new.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    to_char(new.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')), 'UTF8'));
  update audit_heads set n = new.n, hash = new.hash where chain_id = new.chain_id;
  return new;
end $$;
create trigger audit_link before insert on audit for each row execute function audit_link();

create function never_changes() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_append_only before update or delete or truncate on audit for each statement execute function never_changes();
create trigger payments_append_only before update or delete or truncate on payments for each statement execute function never_changes();
create trigger services_append_only before update or delete or truncate on services for each statement execute function never_changes();
create trigger decisions_append_only before update or delete or truncate on decisions for each statement execute function never_changes();
create trigger observations_append_only before update or delete or truncate on observations for each statement execute function never_changes();
