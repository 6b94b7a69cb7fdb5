-- Small values that outlive a restart: secrets, signing keys, the clock's offset, switches.
create table if not exists setting (
  name  text primary key,
  value jsonb not null
);

-- Everything that will happen later; `due_at` is real time.
create table if not exists agenda (
  id      bigint generated always as identity primary key,
  kind    text not null,
  payload jsonb not null,
  tries   integer not null default 0,
  due_at  timestamptz not null
);

create table if not exists fault (
  id   bigint generated always as identity primary key,
  spec jsonb not null,
  -- null: for ever.
  left_over integer
);

create table if not exists webhook (
  id           bigint generated always as identity primary key,
  system       text not null,
  url          text not null,
  content_type text not null,
  body         text not null,
  state        text not null default 'pending' check (state in ('pending', 'delivered', 'lost', 'given-up')),
  posts        integer not null default 0,
  last_answer  text
);
