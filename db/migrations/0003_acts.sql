-- Tickets, permits, stops, restorations, and the money that undoes them.

create table tickets (
  ticket_id    text primary key,
  company_id   text not null,
  centre_id    text not null,
  account_id   text not null references accounts,
  case_id      text,
  stop_id      text,
  kind         text not null check (kind in ('stop', 'restore')),
  attempt      integer not null,
  status       text not null check (status in
    ('raised', 'dispatched', 'recalled', 'recall-acknowledged', 'done', 'not-done')),
  raised_by    text not null,
  meter_no     text not null,
  form_enc     bytea not null,
  planned_from timestamptz not null,
  planned_to   timestamptz not null,
  crew_id      text,
  not_done_reason text,
  recall_reason text,
  recalled_at  timestamptz,
  recall_acknowledged_at timestamptz,
  occurred_at  timestamptz not null,
  recorded_at  timestamptz not null default clock_timestamp()
);
create unique index tickets_one_stop on tickets (case_id, attempt) where kind = 'stop';
create unique index tickets_one_restore on tickets (stop_id, attempt) where kind = 'restore';

create table payments (
  company_id  text not null,
  centre_id   text not null,
  payment_id  text not null,
  -- A payment has a history, never an edit: received, posted, reversed.
  status      text not null check (status in ('in-flight', 'posted', 'reversed')),
  account_id  text not null references accounts,
  amount_fen  bigint not null check (amount_fen > 0),
  channel     text not null,
  bill_ids    text[] not null default '{}',
  source      text not null,
  -- The channel's time of the payment, in case time.
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (company_id, payment_id, status)
);
create index payments_account on payments (account_id, recorded_at);

-- Money taken and not taken back, first seen at recorded_at.
create view payments_standing with (security_invoker = true) as
  select distinct on (company_id, payment_id) p.*
    from payments p
   where not exists (select from payments r
                      where r.company_id = p.company_id and r.payment_id = p.payment_id and r.status = 'reversed')
   order by company_id, payment_id, recorded_at;

-- Which bills the money went to: named principal first, then the oldest. A reversal takes its rows' money back.
create table payment_allocations (
  company_id  text not null,
  centre_id   text not null,
  payment_id  text not null,
  bill_id     text not null,
  amount_fen  bigint not null check (amount_fen > 0),
  undone_at   timestamptz,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (company_id, payment_id, bill_id)
);

create table permits (
  permit_id    text primary key,
  company_id   text not null,
  centre_id    text not null,
  account_id   text not null references accounts,
  case_id      text not null references cases,
  attempt      integer not null,
  ticket_id    text not null references tickets,
  crew_id      text not null,
  meter_no     text not null,
  decision_id  text not null references decisions,
  status       text not null check (status in ('granted', 'revoked', 'used', 'expired')),
  occurred_at  timestamptz not null,
  expires_at   timestamptz not null check (expires_at > occurred_at),
  revoked_at   timestamptz,
  revoke_reason text,
  used_at      timestamptz,
  recorded_at  timestamptz not null default clock_timestamp()
);
-- Two stops for one ticket cannot be.
create unique index permits_one_live on permits (ticket_id) where status in ('granted', 'used');

-- Paid XOR permitted, in the database itself: the grant and the payment lock the same account row,
-- and a permit is refused while money stands that came after the red notice was served.
create function no_permit_after_payment() returns trigger language plpgsql as $$
begin
  if exists (
    select from payments_standing p
     where p.account_id = new.account_id
       and p.recorded_at >= (select max(n.recorded_at) from notices n
                              where n.case_id = new.case_id and n.kind = 'red' and n.attempt = new.attempt)
  ) then
    raise exception 'T2.6: a payment stands since the red notice' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger permits_not_after_payment before insert on permits
  for each row execute function no_permit_after_payment();

create table stops (
  stop_id        text primary key,
  company_id     text not null,
  centre_id      text not null,
  account_id     text not null references accounts,
  case_id        text references cases,
  ticket_id      text references tickets,
  permit_id      text references permits,
  -- The debt that caused the stop: only this may be demanded for restoration (L3).
  named_bills    jsonb not null,
  principal_fen  bigint not null,
  notice_id      text references notices,
  classification text not null check (classification in ('lawful', 'wrongful', 'race')),
  reasons        jsonb not null default '[]',
  in_force       boolean not null default true,
  method         text not null check (method in ('crew', 'remote', 'unknown')),
  meter_no       text not null,
  proof          jsonb not null,
  occurred_at    timestamptz not null,
  restored_at    timestamptz,
  recorded_at    timestamptz not null default clock_timestamp(),
  check (in_force = (restored_at is null))
);
create unique index stops_one_ticket on stops (ticket_id) where ticket_id is not null;
create unique index stops_one_permit on stops (permit_id) where permit_id is not null;
create unique index stops_in_force on stops (account_id) where in_force;

-- A trigger of L3 is first a row.
create table restoration_triggers (
  trigger_id  text primary key,
  company_id  text not null,
  centre_id   text not null,
  stop_id     text not null references stops,
  kind        text not null check (kind in
    ('paid', 'guarantee', 'plan', 'authority-order', 'dispute-upheld', 'wrongful-stop', 'danger', 'moved-out', 'shield')),
  fact_id     text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  unique (stop_id, kind, fact_id)
);

create table restorations (
  stop_id       text primary key references stops,
  company_id    text not null,
  centre_id     text not null,
  account_id    text not null references accounts,
  status        text not null check (status in ('owed', 'dispatched', 'restored')),
  cause_at      timestamptz not null,
  promise_at    timestamptz not null,
  deadline_at   timestamptz not null,
  missed        boolean not null default false,
  explanation_due_at timestamptz,
  miss_reason   text,
  customer_told_at timestamptz,
  leader_told_at   timestamptz,
  safety_confirmed_at timestamptz,
  restored_at   timestamptz,
  proof         jsonb,
  next_wake_at  timestamptz,
  recorded_at   timestamptz not null default clock_timestamp(),
  check ((status = 'restored') = (restored_at is not null))
);
create index restorations_open on restorations (company_id, centre_id, deadline_at) where restored_at is null;

create table incidents (
  incident_id      text primary key,
  company_id       text not null,
  centre_id        text not null,
  stop_id          text not null unique references stops,
  kind             text not null check (kind in ('wrongful-stop', 'race', 'breach')),
  reasons          jsonb not null,
  apology_at       timestamptz,
  compensation_fen bigint,
  cause            text,
  closed_at        timestamptz,
  occurred_at      timestamptz not null,
  recorded_at      timestamptz not null default clock_timestamp(),
  check (closed_at is null or (apology_at is not null and compensation_fen is not null and cause is not null))
);

create table holds (
  hold_id         text primary key,
  company_id      text not null,
  centre_id       text not null,
  account_id      text not null references accounts,
  kind            text not null check (kind in
    ('part-payment', 'plan', 'deferral', 'guarantee', 'dispute', 'authority-order', 'claimed-payment', 'moved-out', 'protection')),
  until_at        timestamptz,
  decision_due_at timestamptz,
  reason          text not null,
  set_by          text not null,
  ended_at        timestamptz,
  end_reason      text,
  occurred_at     timestamptz not null,
  recorded_at     timestamptz not null default clock_timestamp()
);
create index holds_active on holds (account_id) where ended_at is null;
