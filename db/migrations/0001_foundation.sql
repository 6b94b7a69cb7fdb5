-- Companies, centres, people; the scope that row-level security reads; accounts and the mirror of their bills.

create function current_company() returns text language sql stable as
$$ select nullif(current_setting('fudian.company', true), '') $$;

-- '*' sees every centre of the company; nothing set sees no row at all.
create function sees_centre(centre text) returns boolean language sql stable as
$$ select coalesce(current_setting('fudian.centres', true), '') = '*'
       or centre = any (string_to_array(nullif(current_setting('fudian.centres', true), ''), ',')) $$;

create table companies (
  company_id text primary key,
  name       text not null
);

create table centres (
  centre_id  text primary key,
  company_id text not null references companies,
  name       text not null,
  region     text not null
);

create table delegations (
  delegation_id text primary key,
  company_id    text not null,
  from_person   text not null,
  to_person     text not null check (to_person <> from_person),
  role          text not null,
  valid_from    timestamptz not null,
  valid_to      timestamptz not null check (valid_to > valid_from),
  recorded_at   timestamptz not null default clock_timestamp()
);

create table accounts (
  account_id       text primary key,
  company_id       text not null,
  centre_id        text not null,
  account_no       text not null,
  region           text not null,
  customer_class   text not null check (customer_class in ('resident', 'non-resident')),
  category         text not null check (category in
    ('resident', 'non-resident', 'dedicated-transformer', 'important', 'continuous-process', 'master-meter')),
  meter_no         text not null,
  -- Who owes: changes when the contract changes hands.
  debtor_id        text not null,
  reader_id        text not null,
  name_enc         bytea not null,
  phone_enc        bytea,
  email_enc        bytea,
  address_enc      bytea not null,
  phone_hash       bytea,
  capacity_kva     integer,
  remote_switch    boolean not null default false,
  prepaid_contract boolean not null default false,
  -- null: nobody has asked yet (L11).
  protection       text check (protection in ('none', 'registered')),
  late_fee_permille numeric(3, 2) check (late_fee_permille between 1 and 3),
  moved_out_on     date,
  recorded_at      timestamptz not null default clock_timestamp(),
  unique (company_id, account_no)
);
create index accounts_centre on accounts (company_id, centre_id, account_no);
create index accounts_phone on accounts (company_id, phone_hash);
create index accounts_meter on accounts (company_id, meter_no);

-- Keyed bigram hashes of names and addresses: search without reading them.
create table account_search (
  company_id text not null,
  centre_id  text not null,
  account_id text not null references accounts on delete cascade,
  field      text not null check (field in ('name', 'address')),
  hash       bytea not null,
  primary key (account_id, field, hash)
);
create index account_search_hash on account_search (company_id, hash);

-- An address counts for electronic service only from the customer's agreement to it (L8).
create table agreed_addresses (
  company_id  text not null,
  centre_id   text not null,
  account_id  text not null references accounts,
  channel     text not null check (channel in ('sms', 'email')),
  address_enc bytea not null,
  agreed_on   date not null,
  revoked_on  date,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (account_id, channel, agreed_on)
);

create table bills (
  company_id    text not null,
  centre_id     text not null,
  bill_id       text not null,
  account_id    text not null references accounts,
  service       text not null check (service in ('electricity', 'water', 'other')),
  period        text not null check (period ~ '^\d{4}-\d{2}$'),
  principal_fen bigint not null check (principal_fen >= 0),
  paid_fen      bigint not null check (paid_fen between 0 and principal_fen),
  issued_on     date not null,
  due_on        date not null,
  disputed      boolean not null default false,
  recorded_at   timestamptz not null default clock_timestamp(),
  primary key (company_id, bill_id)
);
create index bills_account on bills (account_id);
create index bills_open on bills (company_id, due_on) where paid_fen < principal_fen;

-- How far a case's clock runs ahead of real time; 0 (no row) in production.
create table case_clocks (
  company_id text not null,
  account_id text primary key references accounts,
  offset_ms  bigint not null default 0
);

create table calendar_years (
  company_id  text not null,
  year        integer not null,
  source      text not null,
  off_days    date[] not null,
  workdays    date[] not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (company_id, year)
);

create table policies (
  company_id     text not null,
  version        text not null,
  centre_id      text,
  customer_class text,
  region         text,
  valid_from     date not null,
  valid_to       date,
  body           jsonb not null,
  published_by   text not null,
  recorded_at    timestamptz not null default clock_timestamp(),
  primary key (company_id, version)
);

create table shields (
  company_id     text not null,
  shield_id      text primary key,
  region         text,
  customer_class text,
  account_id     text references accounts,
  effect         text not null check (effect in ('no-stop', 'no-late-fee', 'both')),
  order_no       text not null,
  reason         text not null,
  from_on        date not null,
  to_on          date not null check (to_on >= from_on),
  set_by         text not null,
  lifted_at      timestamptz,
  recorded_at    timestamptz not null default clock_timestamp()
);

create table weather_warnings (
  company_id  text not null,
  region      text not null,
  day         date not null,
  level       text not null check (level in ('none', 'blue', 'yellow', 'orange', 'red')),
  source      text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (company_id, region, day)
);

create table crew_capacity (
  company_id    text not null,
  centre_id     text not null,
  day           date not null,
  stop_limit    integer not null check (stop_limit >= 0),
  restore_limit integer not null check (restore_limit >= 0),
  primary key (centre_id, day)
);
