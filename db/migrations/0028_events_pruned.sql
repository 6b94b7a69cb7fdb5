-- Up to which transaction changes were taken away: whoever comes back from before that reads everything again.

create table events_pruned (
  company_id text primary key,
  tx         xid8 not null
);
alter table events_pruned enable row level security;
create policy scope on events_pruned using (company_id = current_company());
grant select, insert, update on events_pruned to fudian_app;
