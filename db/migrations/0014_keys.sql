-- Keys that change while the product runs, and the one that may not.

-- A keyed hash of nothing under the key of the ids: with another key every account would get another id, so none may start.
create table id_key_marks (
  company_id  text primary key,
  mark        text not null,
  recorded_at timestamptz not null default clock_timestamp()
);
alter table id_key_marks enable row level security;
create policy scope on id_key_marks using (company_id = current_company());
grant select, insert on id_key_marks to fudian_app;

-- What is appended never changes, but what is sealed in it may be sealed anew or erased: only through the function below, which
-- touches no other column. It runs as the owner of the tables; the application has no other way past this.
create or replace function never_changes() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('fudian.sealing', true) = 'on'
     and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
    return case when tg_level = 'ROW' then new end;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- Puts other sealed bytes in the place of those that were read: [{"key": {column: text}, "old": {column_enc: hex}, "new": {column_enc:
-- hex or null}}]. A row that somebody holds, or that has changed since it was read, stays as it is. Returns the rows changed.
create function seal_anew(of_table text, changes jsonb) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  change jsonb;
  places text;
  olds text;
  news text;
  done integer := 0;
  n integer;
begin
  if exists (select from jsonb_array_elements(changes) c, jsonb_object_keys((c -> 'new') || (c -> 'old')) k
              where k not like '%\_enc') then
    raise exception 'only sealed columns are sealed anew' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('fudian.sealing', 'on', true);
  for change in select * from jsonb_array_elements(changes) loop
    select string_agg(format('t.%I = %L::%s', a.attname, change -> 'key' ->> a.attname, format_type(a.atttypid, a.atttypmod)), ' and ')
      into places
      from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
     where i.indrelid = format('public.%I', of_table)::regclass and i.indisprimary;
    select string_agg(format('t.%I is not distinct from decode(%L, ''hex'')', e.key, e.value), ' and ')
      into olds from jsonb_each_text(change -> 'old') e;
    select string_agg(format('%I = decode(%L, ''hex'')', e.key, e.value), ', ')
      into news from jsonb_each_text(change -> 'new') e;
    execute format('update public.%I set %s where ctid = (select t.ctid from public.%I t where %s and %s
                      and t.company_id = current_company() for no key update skip locked)',
                   of_table, news, of_table, places, olds);
    get diagnostics n = row_count;
    done := done + n;
  end loop;
  perform set_config('fudian.sealing', '', true);
  return done;
end $$;
revoke execute on function seal_anew(text, jsonb) from public;
grant execute on function seal_anew(text, jsonb) to fudian_app;
