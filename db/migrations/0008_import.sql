-- What the import of arrears files keeps: what a file last said of an account, the rows that were bad, and who owns what.

-- Keyed hash of what the last file said of the account: the same words again change nothing, though sealing never gives the same bytes.
alter table accounts add column file_fingerprint text;

alter table imports add column header text[] not null default '{}';

-- Stable code and its values beside the text.
alter table import_rejects add column code text not null default '', add column params jsonb not null default '{}';

-- A bad row as it stood in the file, sealed, to be mended and imported again.
create table import_bad_rows (
  company_id text not null,
  import_id  text not null references imports,
  row_no     bigint not null,
  cells_enc  bytea not null,
  primary key (import_id, row_no)
);
alter table import_bad_rows enable row level security;
create policy scope on import_bad_rows using (company_id = current_company());
grant select, insert on import_bad_rows to fudian_app;

-- The money laid on a bill, without reading everybody's.
create index payment_allocations_bill on payment_allocations (bill_id) where undone_at is null;

-- Which accounts of a file are known, in whatever centre of the company: a row of another centre is reported, not collided with.
create function import_known_accounts(ids text[])
  returns table (account_id text, centre_id text, file_fingerprint text)
  language sql stable security definer set search_path = public, pg_temp as
$$ select a.account_id, a.centre_id, a.file_fingerprint from accounts a
    where a.account_id = any (ids) and a.company_id = current_company() $$;

create function import_known_bills(ids text[])
  returns table (bill_id text, account_id text, same_as text)
  language sql stable security definer set search_path = public, pg_temp as
$$ select b.bill_id, b.account_id,
          concat_ws('|', b.service, b.period, b.principal_fen, b.paid_fen, b.issued_on, b.due_on, b.disputed)
     from bills b where b.company_id = current_company() and b.bill_id = any (ids) $$;

revoke execute on function import_known_accounts(text[]), import_known_bills(text[]) from public;
grant execute on function import_known_accounts(text[]), import_known_bills(text[]) to fudian_app;
