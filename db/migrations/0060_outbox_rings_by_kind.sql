-- The bell says what was put in, so that only those who carry that kind get up for it.
create or replace function outbox_wake() returns trigger language plpgsql as $$
begin
  perform pg_notify('fudian_outbox', kind) from (select distinct kind from put) as kinds;
  return null;
end $$;
drop trigger outbox_wake on outbox;
create trigger outbox_wake after insert on outbox referencing new table as put
  for each statement execute function outbox_wake();
