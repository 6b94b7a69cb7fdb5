-- How a customer behaves at the door, on the phone and with money.
create table if not exists customer (
  account_no text primary key,
  behaviour  jsonb not null
);

-- Stages that a customer was told of; each is acted on once.
create table if not exists customer_stage (
  account_no text not null,
  stage      text not null,
  -- null: the customer is acting right now.
  outcome    jsonb,
  primary key (account_no, stage)
);
