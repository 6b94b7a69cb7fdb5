create table if not exists meter (
  meter_no    text primary key,
  relay       text not null default 'closed' check (relay in ('open', 'closed')),
  -- Whether the line in front of the meter is live.
  line_live   boolean not null default true,
  reading_kwh integer not null,
  mode        text not null default 'obeys',
  -- Between an accepted command and its execution.
  delay_ms    integer not null default 0
);

create table if not exists meter_command (
  command_id text primary key,
  seq        bigint generated always as identity,
  meter_no   text not null references meter,
  action     text not null check (action in ('open', 'close')),
  expires_at timestamptz not null,
  status     text not null check (status in ('pending', 'done', 'failed', 'expired', 'unknown'))
);
create index if not exists meter_command_waiting on meter_command (meter_no, seq) where status = 'pending';
