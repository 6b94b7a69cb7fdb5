create table if not exists mail (
  id          bigint generated always as identity primary key,
  message_id  text,
  mail_from   text not null,
  recipients  text[] not null,
  subject     text not null,
  body        text not null,
  received_at timestamptz not null
);
