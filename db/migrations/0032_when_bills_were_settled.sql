-- What a grade is drawn from: on which day a bill was settled, what we knew of it at any past moment, who the customer was then,
-- and which accounts became one.

-- The day of the payment that settled the bill (Shanghai); null on a paid bill: paid before we knew of it.
alter table bills add column settled_on date;

-- The payments that name a bill, or were laid on it; the youngest of them settled it.
create function bill_settled_on(company text, account text, bill text) returns date language sql stable as
$$ select max((p.occurred_at at time zone 'Asia/Shanghai')::date)
     from payments_standing p
    where p.account_id = account and p.company_id = company
      and (bill = any (p.bill_ids) or exists (
            select from payment_allocations a
             where a.company_id = company and a.payment_id = p.payment_id and a.bill_id = bill and a.undone_at is null)) $$;

create function bill_settles() returns trigger language plpgsql as $$
begin
  new.settled_on := case when new.paid_fen < new.principal_fen then null else
    coalesce(bill_settled_on(new.company_id, new.account_id, new.bill_id), (clock_timestamp() at time zone 'Asia/Shanghai')::date) end;
  return new;
end $$;
create trigger bills_settle before update on bills for each row
  when ((old.paid_fen < old.principal_fen) is distinct from (new.paid_fen < new.principal_fen))
  execute function bill_settles();

-- Billing's books may say "paid" before the payment itself arrives; its own day is the customer's.
create function payment_dates_bills() returns trigger language plpgsql as $$
begin
  update bills b set settled_on = bill_settled_on(b.company_id, b.account_id, b.bill_id)
   where b.company_id = new.company_id and b.bill_id = any (new.bill_ids) and b.account_id = new.account_id
     and b.paid_fen >= b.principal_fen
     and b.settled_on > (new.occurred_at at time zone 'Asia/Shanghai')::date;
  return null;
end $$;
create trigger payments_date_bills after insert on payments for each row
  when (new.status <> 'reversed' and cardinality(new.bill_ids) > 0) execute function payment_dates_bills();

-- What the mirror said before it changed: with it any past moment's knowledge can be laid out again.
create table bill_versions (
  company_id    text not null,
  centre_id     text not null,
  account_id    text not null,
  bill_id       text not null,
  service       text not null,
  principal_fen bigint not null,
  paid_fen      bigint not null,
  issued_on     date not null,
  due_on        date not null,
  disputed      boolean not null,
  settled_on    date,
  recorded_at   timestamptz not null,
  superseded_at timestamptz not null default clock_timestamp()
);
create index bill_versions_bill on bill_versions (account_id, bill_id, superseded_at);

create function bill_keeps_version() returns trigger language plpgsql as $$
begin
  insert into bill_versions (company_id, centre_id, account_id, bill_id, service, principal_fen, paid_fen, issued_on, due_on,
                             disputed, settled_on, recorded_at)
  select o.company_id, o.centre_id, o.account_id, o.bill_id, o.service, o.principal_fen, o.paid_fen, o.issued_on, o.due_on,
         o.disputed, o.settled_on, o.recorded_at
    from old_bills o join new_bills n on n.company_id = o.company_id and n.bill_id = o.bill_id
   where (o.principal_fen, o.paid_fen, o.due_on, o.disputed, o.service, o.settled_on)
         is distinct from (n.principal_fen, n.paid_fen, n.due_on, n.disputed, n.service, n.settled_on);
  return null;
end $$;
create trigger bills_keep_version after update on bills referencing old table as old_bills new table as new_bills
  for each statement execute function bill_keeps_version();

-- From when an account is this customer's: bills before that day are not theirs.
create table credit_tenures (
  company_id  text not null,
  centre_id   text not null,
  account_id  text not null references accounts,
  debtor_id   text not null,
  from_on     date not null,
  set_by      text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (account_id, recorded_at)
);

create function account_changes_hands() returns trigger language plpgsql as $$
begin
  insert into credit_tenures (company_id, centre_id, account_id, debtor_id, from_on, set_by)
  values (new.company_id, new.centre_id, new.account_id, new.debtor_id,
          (clock_timestamp() at time zone 'Asia/Shanghai')::date, 'contract');
  return null;
end $$;
create trigger accounts_change_hands after update on accounts for each row
  when (old.debtor_id is distinct from new.debtor_id) execute function account_changes_hands();

-- Two accounts of one customer became one: the record of both is the record of the one that stays.
create table account_merges (
  company_id   text not null,
  centre_id    text not null,
  from_account text not null references accounts,
  into_account text not null references accounts check (into_account <> from_account),
  merged_on    date not null,
  reason       text not null,
  merged_by    text not null,
  recorded_at  timestamptz not null default clock_timestamp(),
  primary key (from_account)
);
create index account_merges_into on account_merges (into_account);

do $$
declare t text;
begin
  foreach t in array array['bill_versions', 'credit_tenures', 'account_merges'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I using (company_id = current_company() and sees_centre(centre_id))', t);
    execute format('create trigger %I before update or delete or truncate on %I for each statement execute function never_changes()', t || '_append_only', t);
  end loop;
end $$;
grant select, insert on bill_versions, credit_tenures, account_merges to fudian_app;
