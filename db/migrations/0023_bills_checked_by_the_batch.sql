-- Every bill has its account: asked once for all bills of a statement instead of for each, which also locked and rewrote the
-- account's row (of 3.9 s a 100,000 imported bills took, more than half). No account is ever deleted by the application.

alter table bills drop constraint bills_account_id_fkey;

-- By index, whatever the planner thinks of a table that was empty when it first looked.
create function bills_have_accounts() returns trigger language plpgsql security definer
  set search_path = public, pg_temp set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as
$$ begin
  if exists (select from written w where not exists (select from accounts a where a.account_id = w.account_id)) then
    raise exception 'a bill without its account' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger bills_have_accounts after insert on bills referencing new table as written
  for each statement execute function bills_have_accounts();

create function bill_stays_with_its_account() returns trigger language plpgsql as
$$ begin
  raise exception 'a bill does not change its account' using errcode = 'foreign_key_violation';
end $$;
create trigger bill_stays_with_its_account before update on bills
  for each row when (old.account_id is distinct from new.account_id) execute function bill_stays_with_its_account();
