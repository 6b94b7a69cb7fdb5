create table if not exists work_order (
  ticket_id text primary key,
  seq       bigint generated always as identity,
  order_id  text not null unique,
  body      jsonb not null,
  status    text not null check (status in ('received', 'accepted', 'recalled', 'recall-acknowledged', 'done')),
  -- null: as the district's switch says.
  online    boolean,
  stand_down_reason text,
  -- How often the device was told to stand down.
  stand_downs integer not null default 0
);
