-- The credit file (K4, H3): who the customer is, what happened, what others say, and the papers; each change a row of its own.

create table credit_files (
  company_id    text not null,
  centre_id     text not null,
  account_id    text not null references accounts,
  version       integer not null check (version > 0),
  -- null: nobody has established it; then the customer counts as a person, whom nothing may be published about (L6).
  party_kind    text check (party_kind in ('person', 'firm')),
  identity_verified boolean not null default false,
  -- {legalName, socialCreditCode, idDocument, representative, address, industry, scale, classification, contacts, note}
  identity_enc  bytea not null,
  code_hash     bytea,
  changed_by    text not null,
  reason        text not null,
  source        text not null check (source in ('own', 'authority', 'customer')),
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null default clock_timestamp(),
  primary key (account_id, version),
  check (not (party_kind = 'firm' and identity_verified and code_hash is null))
);
create index credit_files_code on credit_files (company_id, code_hash);

-- What counts for or against a customer. Words are sealed; what grading reads stands in the open.
create table credit_records (
  record_id    text primary key,
  company_id   text not null,
  centre_id    text not null,
  account_id   text not null references accounts,
  kind         text not null check (kind in
    ('theft', 'violation', 'inspection', 'equipment', 'cooperation', 'breach', 'external', 'honour')),
  occurred_on  date not null,
  -- theft and violation: counts only once established by a decision with a number (L6: unconfirmed is no ground).
  confirmed    boolean not null,
  decision_no  text,
  -- inspection, equipment: passed or failed; external, cooperation: good or bad
  outcome      text check (outcome in ('passed', 'failed', 'good', 'bad')),
  detail_enc   bytea not null,
  source       text not null check (source in ('own', 'authority', 'customer')),
  source_name  text not null,
  source_ref   text not null,
  -- On what ground an external record is held (K4.2, L6); required for authorities' records.
  legal_basis  text,
  -- The record that this one replaces.
  replaces     text references credit_records,
  import_id    text references imports,
  recorded_by  text not null,
  recorded_at  timestamptz not null default clock_timestamp(),
  unique (company_id, source_name, source_ref),
  check (source <> 'authority' or legal_basis is not null),
  check (kind not in ('theft', 'violation') or not confirmed or decision_no is not null),
  check (kind not in ('inspection', 'equipment') or outcome in ('passed', 'failed'))
);
create index credit_records_account on credit_records (account_id, kind, occurred_on);

-- A record that was wrong stays, and counts no more from here on.
create table credit_annulments (
  record_id   text primary key references credit_records,
  company_id  text not null,
  centre_id   text not null,
  account_id  text not null references accounts,
  cause       text not null check (cause in ('mistake', 'objection-upheld', 'wrongful-stop', 'decision-withdrawn')),
  reason_enc  bytea not null,
  annulled_by text not null,
  recorded_at timestamptz not null default clock_timestamp()
);

create table credit_documents (
  document_id   text primary key,
  company_id    text not null,
  centre_id     text not null,
  account_id    text not null references accounts,
  kind          text not null,
  sha256        text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  note_enc      bytea not null,
  handed_in_by  text not null check (handed_in_by in ('customer', 'authority', 'staff')),
  occurred_at   timestamptz not null,
  recorded_by   text not null,
  recorded_at   timestamptz not null default clock_timestamp()
);
create index credit_documents_account on credit_documents (account_id);

-- Files of records come in through the same register as files of arrears.
alter table imports add column kind text not null default 'arrears' check (kind in ('arrears', 'credit-records'));

do $$
declare t text;
begin
  foreach t in array array['credit_files', 'credit_records', 'credit_annulments', 'credit_documents'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I using (company_id = current_company() and sees_centre(centre_id))', t);
    execute format('create trigger %I before update or delete or truncate on %I for each statement execute function never_changes()', t || '_append_only', t);
  end loop;
end $$;
grant select, insert on credit_files, credit_records, credit_annulments, credit_documents to fudian_app;
