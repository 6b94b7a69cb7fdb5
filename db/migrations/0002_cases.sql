-- One account, one open case; every step, observation and decision stands beside the act it led to.

create table cases (
  case_id        text primary key,
  company_id     text not null,
  centre_id      text not null,
  account_id     text not null references accounts,
  policy_version text not null,
  policy         jsonb not null,
  status         text not null default 'open' check (status in ('open', 'closed')),
  stage          text not null,
  stage_since    timestamptz not null,
  attempt        integer not null default 0,
  -- The case time at which the procedure acts next if nothing happens before.
  next_wake_at   timestamptz,
  outcome        text,
  launched_by    text not null,
  opened_at      timestamptz not null,
  closed_at      timestamptz,
  recorded_at    timestamptz not null default clock_timestamp(),
  check ((status = 'closed') = (outcome is not null))
);
create unique index cases_one_open on cases (account_id) where status = 'open';
create index cases_stage on cases (company_id, centre_id, status, stage, case_id);
create index cases_account on cases (account_id, opened_at);

-- The idempotency key of everything the procedure does: (case, step, attempt).
create table case_steps (
  company_id  text not null,
  centre_id   text not null,
  case_id     text not null references cases,
  step        text not null,
  attempt     integer not null,
  detail      jsonb not null default '{}',
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (case_id, step, attempt)
);

create table observations (
  observation_id text primary key,
  company_id     text not null,
  centre_id      text not null,
  account_id     text not null references accounts,
  case_id        text,
  kind           text not null,
  payload        jsonb not null,
  occurred_at    timestamptz not null,
  recorded_at    timestamptz not null default clock_timestamp()
);
create index observations_latest on observations (account_id, kind, recorded_at desc);

create table decisions (
  decision_id      text primary key,
  company_id       text not null,
  centre_id        text not null,
  account_id       text not null references accounts,
  case_id          text,
  decision_key     text not null unique,
  question         text not null,
  outcome          text not null check (outcome in ('permitted', 'refused', 'undetermined')),
  reasons          jsonb not null,
  missing          jsonb not null,
  facts            jsonb not null,
  rulebook_version text not null,
  policy_version   text,
  occurred_at      timestamptz not null,
  recorded_at      timestamptz not null default clock_timestamp()
);
create index decisions_case on decisions (case_id, recorded_at);

create table stop_plans (
  company_id           text not null,
  centre_id            text not null,
  case_id              text not null references cases,
  attempt              integer not null,
  status               text not null check (status in
    ('planned', 'approved', 'fixed', 'slipped', 'executed', 'withdrawn')),
  -- [{serviceDate, stopDate, startMinute, ticketDate, lastPaymentDate}]
  candidates           jsonb not null,
  named_bills          jsonb not null,
  named_principal_fen  bigint not null check (named_principal_fen > 0),
  interval_minutes     integer not null check (interval_minutes > 0),
  -- Fixed by the proof of service of the red notice.
  stop_on              date,
  stop_at              timestamptz,
  slip_reason          text,
  recorded_at          timestamptz not null default clock_timestamp(),
  primary key (case_id, attempt),
  check ((stop_on is null) = (stop_at is null))
);

create table capacity_reservations (
  company_id  text not null,
  centre_id   text not null,
  day         date not null,
  kind        text not null check (kind in ('stop', 'restore')),
  case_id     text not null,
  attempt     integer not null,
  released_at timestamptz,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (case_id, attempt, day, kind),
  foreign key (case_id, attempt) references stop_plans (case_id, attempt) deferrable initially deferred
);
create index capacity_day on capacity_reservations (centre_id, day, kind) where released_at is null;

create table notices (
  notice_id       text primary key,
  company_id      text not null,
  centre_id       text not null,
  case_id         text not null references cases,
  account_id      text not null references accounts,
  kind            text not null check (kind in ('first-dunning', 'yellow', 'red')),
  attempt         integer not null,
  status          text not null check (status in ('prepared', 'served', 'not-served', 'stale')),
  named_bills     jsonb not null,
  principal_fen   bigint not null,
  late_fee_fen    bigint not null,
  -- The sum that clears, as printed.
  sum_fen         bigint not null check (sum_fen = principal_fen + late_fee_fen),
  last_payment_on date,
  stop_at         timestamptz,
  interval_minutes integer,
  text_enc        bytea not null,
  served_on       date,
  served_at       timestamptz,
  occurred_at     timestamptz not null,
  recorded_at     timestamptz not null default clock_timestamp(),
  unique (case_id, kind, attempt),
  check (status <> 'served' or served_at is not null)
);

-- Proof of service: a fact from outside, stored whether or not it turns out to count.
create table services (
  service_id    text primary key,
  company_id    text not null,
  centre_id     text not null,
  notice_id     text not null references notices,
  method        text not null check (method in
    ('signature', 'photo', 'refusal', 'electronic', 'letter', 'not-served')),
  meter_no      text,
  proof_sha256  text[] not null default '{}',
  detail_enc    bytea not null,
  counts        boolean not null,
  reasons       jsonb not null,
  recorded_by   text not null,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null default clock_timestamp()
);
create index services_notice on services (notice_id);

-- Everything sent to a customer: SMS, e-mail, letter, call. One key, one message.
create table messages (
  message_id   text primary key,
  company_id   text not null,
  centre_id    text not null,
  account_id   text not null references accounts,
  case_id      text,
  notice_id    text references notices,
  message_key  text not null unique,
  channel      text not null check (channel in ('sms', 'email', 'letter', 'call')),
  purpose      text not null,
  address_enc  bytea not null,
  text_enc     bytea not null,
  status       text not null check (status in
    ('prepared', 'sending', 'sent', 'delivered', 'failed', 'acknowledged', 'unanswered')),
  provider_id  text,
  digits       text,
  occurred_at  timestamptz not null,
  sending_at   timestamptz,
  sent_at      timestamptz,
  delivered_at timestamptz,
  answered_at  timestamptz,
  failure      text,
  recorded_at  timestamptz not null default clock_timestamp()
);
create index messages_case on messages (case_id);
create index messages_provider on messages (provider_id);

-- Signed links in messages; an opened link is a two-way contact.
create table links (
  token_hash  bytea primary key,
  company_id  text not null,
  centre_id   text not null,
  account_id  text not null references accounts,
  case_id     text,
  purpose     text not null,
  expires_at  timestamptz not null,
  opened_at   timestamptz,
  recorded_at timestamptz not null default clock_timestamp()
);

create table approvals (
  approval_id    text primary key,
  company_id     text not null,
  centre_id      text not null,
  case_id        text not null references cases,
  attempt        integer not null,
  status         text not null check (status in ('pending', 'approved', 'refused', 'expired', 'void')),
  applicant_id   text not null,
  required_roles text[] not null,
  -- account, meter, debtor, bill ids, principal, candidate days, interval (idea: bound, may fall, never rise)
  bound          jsonb not null,
  expires_at     timestamptz not null,
  occurred_at    timestamptz not null,
  decided_at     timestamptz,
  recorded_at    timestamptz not null default clock_timestamp(),
  unique (case_id, attempt)
);
create index approvals_pending on approvals (company_id, centre_id, expires_at) where status = 'pending';

create table approval_decisions (
  company_id   text not null,
  centre_id    text not null,
  approval_id  text not null references approvals,
  role         text not null,
  approver_id  text not null,
  delegation_id text references delegations,
  decision     text not null check (decision in ('approve', 'refuse')),
  reason       text not null,
  occurred_at  timestamptz not null,
  recorded_at  timestamptz not null default clock_timestamp(),
  primary key (approval_id, role)
);
-- Four eyes, also where a matrix asks for two signatures: one person signs once.
create unique index approval_one_signature on approval_decisions (approval_id, approver_id);

create function applicant_never_approves() returns trigger language plpgsql as $$
begin
  if exists (select from approvals a where a.approval_id = new.approval_id and a.applicant_id = new.approver_id) then
    raise exception 'T3.4: the applicant may not approve' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger approval_four_eyes before insert on approval_decisions
  for each row execute function applicant_never_approves();
