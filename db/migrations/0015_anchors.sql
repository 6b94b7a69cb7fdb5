-- The root over every audit chain, day by day, and where each was put outside this database.

create table anchors (
  company_id    text not null,
  -- Every line recorded before this moment is in the root.
  cut_at        timestamptz not null,
  root          text not null,
  previous_root text,
  chains        bigint not null,
  lines         bigint not null,
  -- What was placed, byte for byte.
  document      text not null,
  recorded_at   timestamptz not null default clock_timestamp(),
  primary key (company_id, cut_at)
);

create table anchor_places (
  company_id  text not null,
  cut_at      timestamptz not null,
  place       text not null,
  receipt     text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (company_id, cut_at, place),
  foreign key (company_id, cut_at) references anchors
);

do $$
declare t text;
begin
  foreach t in array array['anchors', 'anchor_places'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I using (company_id = current_company())', t);
    execute format('grant select, insert on %I to fudian_app', t);
    execute format('create trigger %I before update or delete or truncate on %I for each statement execute function never_changes()', t || '_append_only', t);
  end loop;
end $$;

-- Who still writes lines that began before a cut: a role sees its own sessions.
create index audit_recorded on audit (company_id, recorded_at);
