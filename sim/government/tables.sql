create table if not exists paper (
  paper_key     text primary key,
  seq           bigint generated always as identity,
  submission_id text not null unique,
  kind          text not null,
  subject       text not null,
  body          text not null,
  -- When the authority signs for it; null: never.
  received_at   timestamptz,
  received_by   text not null
);
