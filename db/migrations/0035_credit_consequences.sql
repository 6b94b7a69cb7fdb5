-- What follows from a grade: rights, restraints and duties with an owner and a day; letters with proof; commitments; draws.

create table credit_measures (
  measure_id    text primary key,
  company_id    text not null,
  centre_id     text not null,
  account_id    text not null references accounts,
  scheme        text not null check (scheme in ('grade', 'score', 'colour')),
  -- What of rules/credit/consequences it is, e.g. prepaid-meter-offer.
  kind          text not null,
  effect        text not null check (effect in ('benefit', 'proposal', 'restraint', 'duty')),
  -- Grade, score grade or colour that gives it.
  given_by      text not null,
  -- The month, year or day that makes it one of its kind.
  period        text not null,
  owner_role    text not null,
  from_on       date not null,
  due_on        date not null,
  status        text not null check (status in ('open', 'accepted', 'declined', 'done', 'lapsed', 'suspended', 'ended')),
  amount_fen    bigint,
  params        jsonb not null default '{}',
  clause        text not null,
  basis_id      text references legal_bases,
  closed_at     timestamptz,
  closed_by     text,
  outcome       text,
  recorded_at   timestamptz not null default clock_timestamp(),
  unique (account_id, kind, period)
);
create index credit_measures_open on credit_measures (company_id, centre_id, due_on, measure_id) where status in ('open', 'accepted');
create index credit_measures_account on credit_measures (account_id);

-- A letter or message of credit, and the proof that it reached the customer (H2, G3.C, L7, L8).
create table credit_letters (
  letter_id   text primary key,
  company_id  text not null,
  centre_id   text not null,
  account_id  text not null references accounts,
  kind        text not null check (kind in
    ('grade-told', 'colour-reminder', 'colour-letter', 'downgrade-notice', 'objection-answer', 'repair-answer',
     'publication-notice', 'draw-certificate', 'planned-outage')),
  -- What makes it one: the month, the downgrade, the objection …
  subject_id  text not null,
  channel     text not null check (channel in ('call', 'sms', 'wechat', 'email', 'letter')),
  message_id  text references messages deferrable initially deferred,
  status      text not null check (status in ('prepared', 'sent', 'served', 'failed')),
  served_at   timestamptz,
  served_by   text check (served_by in ('receipt', 'signature', 'photo', 'refusal', 'delivery')),
  proof_sha256 text[] not null default '{}',
  recorded_by text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  unique (account_id, kind, subject_id, channel),
  check ((status = 'served') = (served_at is not null))
);
create index credit_letters_message on credit_letters (message_id);

-- A trusted customer's signed word in place of a proof of title (H5); reported to the platform.
create table credit_commitments (
  commitment_id text primary key,
  company_id    text not null,
  centre_id     text not null,
  account_id    text not null references accounts,
  application   text not null,
  text_enc      bytea not null,
  proof_sha256  text not null check (proof_sha256 ~ '^[0-9a-f]{64}$'),
  signed_on     date not null,
  status        text not null check (status in ('in-force', 'kept', 'broken')),
  reported_at   timestamptz,
  recorded_by   text not null,
  recorded_at   timestamptz not null default clock_timestamp()
);

-- Works that will take supply off: better grades are asked for a time that suits, A is told by SMS (G3.4, G3.A).
create table planned_outages (
  outage_id   text primary key,
  company_id  text not null,
  centre_id   text not null,
  region      text not null,
  from_at     timestamptz not null,
  to_at       timestamptz not null check (to_at > from_at),
  reason      text not null,
  set_by      text not null,
  cancelled_at timestamptz,
  told        bigint not null default 0,
  told_at     timestamptz,
  recorded_at timestamptz not null default clock_timestamp()
);

-- An ordering as it was asked for and answered: who first, and why (G3.1, G3.2, G3.4).
create table credit_orderings (
  ordering_id text primary key,
  company_id  text not null,
  purpose     text not null check (purpose in ('service', 'rationing', 'maintenance', 'dunning')),
  request     jsonb not null,
  answer      jsonb not null,
  policy_version text not null,
  asked_by    text not null,
  recorded_at timestamptz not null default clock_timestamp()
);

-- The yearly draw of A customers (G3.5): seed and method are published, anyone can run it again.
create table credit_draws (
  draw_id       text primary key,
  company_id    text not null,
  year          integer not null,
  -- Announced before the seed is known: what number, of which day.
  seed_source   text not null,
  announced_by  text not null,
  announced_at  timestamptz not null default clock_timestamp(),
  share_permille integer not null check (share_permille >= 100),
  seed          text,
  method        text not null,
  -- {class: {population, winners, populationSha256}}
  classes       jsonb not null default '{}',
  drawn_by      text,
  drawn_at      timestamptz,
  recorded_at   timestamptz not null default clock_timestamp(),
  unique (company_id, year),
  check ((seed is null) = (drawn_at is null))
);
create table credit_draw_entries (
  company_id  text not null,
  centre_id   text not null,
  draw_id     text not null references credit_draws,
  account_id  text not null references accounts,
  class       text not null check (class in ('dedicated-transformer', 'commercial', 'residential')),
  rank        integer not null,
  won         boolean not null,
  primary key (draw_id, account_id)
);
create unique index credit_draw_rank on credit_draw_entries (draw_id, class, rank);

do $$
declare t text;
begin
  foreach t in array array['credit_measures', 'credit_letters', 'credit_commitments', 'planned_outages', 'credit_draw_entries'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I using (company_id = current_company() and sees_centre(centre_id))', t);
  end loop;
  foreach t in array array['credit_orderings', 'credit_draws'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I using (company_id = current_company())', t);
  end loop;
end $$;
grant select, insert, update on credit_measures, credit_letters, credit_commitments, planned_outages, credit_draws to fudian_app;
grant select, insert on credit_orderings, credit_draw_entries to fudian_app;

-- WeChat official account: one more agreed channel.
alter table messages drop constraint messages_channel_check;
alter table messages add constraint messages_channel_check check (channel in ('sms', 'email', 'letter', 'call', 'wechat'));
alter table agreed_addresses drop constraint agreed_addresses_channel_check;
alter table agreed_addresses add constraint agreed_addresses_channel_check check (channel in ('sms', 'email', 'wechat', 'call'));

-- Which kinds of work, of messages to carry and of reports there are is said by the code that handles them; the database keeps the form.
alter table tasks drop constraint if exists tasks_kind_check;
alter table tasks add constraint tasks_kind_check check (kind ~ '^[a-z][a-z0-9-]*$');
alter table outbox drop constraint if exists outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind ~ '^[a-z][a-z0-9-]*$');
alter table escalations drop constraint if exists escalations_subject_check;
alter table escalations add constraint escalations_subject_check check (subject ~ '^[a-z][a-z0-9-]*$');
