create table if not exists carrier_message (
  sid             text primary key,
  seq             bigint generated always as identity,
  from_phone      text not null,
  to_phone        text not null,
  body            text not null,
  direction       text not null check (direction in ('outbound-api', 'inbound')),
  status          text not null,
  error_code      integer,
  status_callback text,
  created_at      timestamptz not null,
  sent_at         timestamptz,
  updated_at      timestamptz not null
);
create index if not exists carrier_message_to on carrier_message (to_phone, created_at);

create table if not exists carrier_call (
  sid             text primary key,
  seq             bigint generated always as identity,
  from_phone      text not null,
  to_phone        text not null,
  answer_url      text,
  answer_twiml    text,
  status_callback text,
  -- Events that the caller asked to hear of.
  callback_events text[] not null,
  status          text not null,
  error_code      integer,
  created_at      timestamptz not null,
  started_at      timestamptz,
  ended_at        timestamptz,
  updated_at      timestamptz not null,
  -- What the customer did, heard and pressed.
  behaviour       text,
  heard           jsonb not null default '[]',
  pressed         text[] not null default '{}'
);
create index if not exists carrier_call_to on carrier_call (to_phone, created_at);

create table if not exists carrier_behaviour (
  phone    text primary key,
  sms      text not null,
  calls    text[] not null,
  -- How many of `calls` are used up; the last one repeats.
  used     integer not null default 0,
  delay_ms integer
);
