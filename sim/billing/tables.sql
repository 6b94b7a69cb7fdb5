create table if not exists account (
  account_no text primary key,
  -- Everything but the bills, as it was handed in.
  facts      jsonb not null
);

create table if not exists bill (
  bill_id       text primary key,
  account_no    text not null references account,
  service       text not null,
  period        text not null,
  principal_fen bigint not null check (principal_fen >= 0),
  -- What was paid before these books began; payments come on top.
  opening_paid_fen bigint not null check (opening_paid_fen between 0 and principal_fen),
  issued_on     date not null,
  due_on        date not null,
  disputed      boolean not null
);
create index if not exists bill_account on bill (account_no);

create table if not exists payment (
  payment_id  text primary key,
  account_no  text not null references account,
  amount_fen  bigint not null check (amount_fen > 0),
  occurred_at timestamptz not null,
  channel     text not null,
  status      text not null check (status in ('in-flight', 'posted', 'reversed')),
  -- Named by the payer; empty: oldest debt first.
  bill_ids    text[] not null
);
create index if not exists payment_account on payment (account_no);

create table if not exists allocation (
  payment_id text not null references payment,
  bill_id    text not null references bill,
  amount_fen bigint not null check (amount_fen > 0),
  primary key (payment_id, bill_id)
);
create index if not exists allocation_bill on allocation (bill_id);

-- The feed of what billing recorded, in the order of recording: a payment, and again when it is reversed.
create table if not exists payment_record (
  seq        bigint generated always as identity primary key,
  payment_id text not null references payment,
  status     text not null check (status in ('posted', 'reversed'))
);

-- What a customer is about to pay on the payment page; the address of the page is its id and nothing else.
create table if not exists payment_order (
  order_id   text primary key,
  account_no text not null references account,
  amount_fen bigint not null check (amount_fen > 0),
  bill_ids   text[] not null,
  return_url text not null,
  -- In the time of the case, and real time of the asking: what passes between is added to the first.
  ordered_at timestamptz not null,
  made_at    timestamptz not null default clock_timestamp(),
  paid_at    timestamptz
);
