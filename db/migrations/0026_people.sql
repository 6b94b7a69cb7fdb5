-- Staff as their tokens last named them: so that a screen can say who applied, signed or served, and offer whom to delegate to.

create table people (
  company_id text not null,
  person_id  text not null,
  name       text not null,
  roles      text[] not null,
  -- null = every centre
  centre_ids text[],
  seen_at    timestamptz not null default clock_timestamp(),
  primary key (company_id, person_id)
);
alter table people enable row level security;
create policy scope on people using (company_id = current_company());
grant select, insert, update on people to fudian_app;
