-- What stands between a grade and harm: the queue of downgrades, objections, repairs, and what leaves for the public platform.

-- A harmful move waits for a person, then for the notice and the customer's reply (L7).
create table credit_downgrades (
  downgrade_id  text primary key,
  company_id    text not null,
  centre_id     text not null,
  account_id    text not null references accounts,
  scheme        text not null check (scheme in ('grade', 'score', 'colour')),
  from_value    text not null,
  to_value      text not null,
  -- Of a grade or colour its line in credit_grades, of a score its row.
  month         date,
  n             integer,
  score_id      text references credit_scores,
  code          text not null,
  status        text not null check (status in ('queued', 'approved', 'noticed', 'in-force', 'refused', 'withdrawn', 'undone')),
  decided_by    text,
  decided_at    timestamptz,
  decision_enc  bytea,
  letter_id     text references credit_letters,
  -- From here on the customer may reply, until then nothing takes effect.
  reply_until   timestamptz,
  reply_enc     bytea,
  replied_at    timestamptz,
  effective_on  date,
  ended_reason  text,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null default clock_timestamp()
);
create unique index credit_downgrades_one on credit_downgrades (account_id, scheme) where status in ('queued', 'approved', 'noticed');
create index credit_downgrades_open on credit_downgrades (company_id, centre_id, status, downgrade_id);

create table credit_objections (
  objection_id  text primary key,
  company_id    text not null,
  centre_id     text not null,
  account_id    text not null references accounts,
  scheme        text not null check (scheme in ('grade', 'score', 'colour', 'record', 'export')),
  -- The record, letter, export … objected to; else the present standing.
  subject_id    text,
  words_enc     bytea not null,
  status        text not null check (status in ('open', 'checking', 'upheld', 'partly-upheld', 'rejected', 'withdrawn')),
  outside_check boolean not null default false,
  due_at        timestamptz not null,
  filed_by      text not null,
  channel       text not null check (channel in ('web', 'hotline', 'counter', 'letter')),
  decided_by    text check (decided_by <> filed_by),
  decided_at    timestamptz,
  decision_enc  bytea,
  escalated_at  timestamptz,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null default clock_timestamp()
);
create index credit_objections_open on credit_objections (company_id, centre_id, due_at) where decided_at is null;
create index credit_objections_account on credit_objections (account_id);

create table credit_repairs (
  repair_id      text primary key,
  company_id     text not null,
  centre_id      text not null,
  account_id     text not null references accounts,
  -- What is repaired: a record, or the arrears behind a grade.
  record_id      text references credit_records,
  words_enc      bytea not null,
  status         text not null check (status in ('applied', 'verifying', 'clean-period', 'deciding', 'granted', 'refused', 'withdrawn')),
  corrected_on   date,
  paid_on        date,
  clean_until    date,
  verified_by    text,
  verified_at    timestamptz,
  decided_by     text check (decided_by <> verified_by),
  decided_at     timestamptz,
  decision_enc   bytea,
  applied_by     text not null,
  occurred_at    timestamptz not null,
  recorded_at    timestamptz not null default clock_timestamp()
);
create unique index credit_repairs_one on credit_repairs (account_id, coalesce(record_id, '')) where decided_at is null;

-- What is reported to the public credit platform (H4): firms only, each with its basis, four eyes, told before, and reversible.
create table credit_exports (
  export_id     text primary key,
  company_id    text not null,
  centre_id     text not null,
  account_id    text not null references accounts,
  kind          text not null check (kind in ('grade', 'colour', 'record', 'commitment')),
  subject_id    text not null,
  party_kind    text not null check (party_kind = 'firm'),
  basis_id      text not null references legal_bases,
  body_enc      bytea not null,
  body_sha256   text not null,
  status        text not null check (status in
    ('proposed', 'noticed', 'approved', 'sent', 'acknowledged', 'refused', 'withdrawing', 'withdrawn')),
  letter_id     text references credit_letters,
  notice_until  timestamptz,
  proposed_by   text not null,
  approved_by   text check (approved_by <> proposed_by),
  approved_at   timestamptz,
  platform_id   text,
  sent_at       timestamptz,
  withdraw_reason text,
  withdrawn_by  text,
  withdrawn_at  timestamptz,
  recorded_at   timestamptz not null default clock_timestamp(),
  unique (kind, subject_id, account_id),
  check (status not in ('approved', 'sent', 'acknowledged') or approved_by is not null)
);

-- No personal debtor, whatever code path asks (L6): the newest identity of the account must be a verified firm.
create function exports_are_of_firms() returns trigger language plpgsql as $$
begin
  if not exists (select from (select party_kind, identity_verified from credit_files f
                               where f.account_id = new.account_id order by version desc limit 1) newest
                  where newest.party_kind = 'firm' and newest.identity_verified) then
    raise exception 'L6: only a verified firm may be reported' using errcode = 'check_violation';
  end if;
  if not exists (select from legal_bases b where b.basis_id = new.basis_id and b.company_id = new.company_id
                   and b.signed_at is not null and b.revoked_at is null) then
    raise exception 'L6: no signed legal basis' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger credit_exports_firms before insert or update of status on credit_exports for each row
  when (new.status in ('proposed', 'noticed', 'approved', 'sent', 'acknowledged')) execute function exports_are_of_firms();

do $$
declare t text;
begin
  foreach t in array array['credit_downgrades', 'credit_objections', 'credit_repairs', 'credit_exports'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I using (company_id = current_company() and sees_centre(centre_id))', t);
  end loop;
end $$;
grant select, insert, update on credit_downgrades, credit_objections, credit_repairs, credit_exports to fudian_app;
