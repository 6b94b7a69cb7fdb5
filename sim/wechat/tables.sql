create table if not exists wechat_message (
  msg_id        bigint generated always as identity (start with 1000000001) primary key,
  client_msg_id text not null unique,
  open_id       text not null,
  body          text not null,
  -- success, or why it did not arrive
  status        text not null,
  created_at    timestamptz not null
);
