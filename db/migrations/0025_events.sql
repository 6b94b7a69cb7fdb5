-- What changed, for whoever looks at a screen: ids only, under the same row-level security as the rows themselves.
-- Read in the order (tx, event_id) up to the oldest transaction that still runs, so that nothing that commits late is skipped.

create table events (
  event_id    bigint generated always as identity,
  company_id  text not null,
  -- '' = the whole company: delegations, weather, calendar, policies.
  centre_id   text not null,
  tx          xid8 not null default pg_current_xact_id(),
  topic       text not null,
  case_id     text,
  account_id  text,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (tx, event_id)
);
create index events_age on events (recorded_at);
alter table events enable row level security;
create policy scope on events
  using (company_id = current_company() and (centre_id = '' or sees_centre(centre_id)));
grant select, insert, delete on events to fudian_app;

-- Every line of the audit is a change somebody may be looking at.
create function event_of_audit() returns trigger language plpgsql as $$
declare place record;
begin
  select centre_id, case_id, account_id into place from cases where case_id = new.chain_id;
  if not found then
    select centre_id, null::text as case_id, account_id into place from accounts where account_id = new.chain_id;
  end if;
  if not found then
    select centre_id, null::text as case_id, null::text as account_id into place from imports where import_id = new.chain_id;
  end if;
  if place.centre_id is null then
    if new.chain_id not like 'desk/%' then return null; end if;
    insert into events (company_id, centre_id, topic) values (new.company_id, '', new.action);
  else
    insert into events (company_id, centre_id, topic, case_id, account_id)
      values (new.company_id, place.centre_id, new.action, place.case_id, place.account_id);
  end if;
  return null;
end $$;
create trigger event_of_audit after insert on audit for each row execute function event_of_audit();

-- Work that appears or is done, and messages whose delivery is told, leave no line of their own in the audit.
create function event_of_row() returns trigger language plpgsql as $$
begin
  insert into events (company_id, centre_id, topic, case_id, account_id)
    values (new.company_id, new.centre_id, tg_argv[0], new.case_id, new.account_id);
  return null;
end $$;
create trigger event_of_task after insert or update of done_at on tasks
  for each row execute function event_of_row('task.changed');
create trigger event_of_message after update of status on messages
  for each row when (old.status is distinct from new.status) execute function event_of_row('message.changed');
