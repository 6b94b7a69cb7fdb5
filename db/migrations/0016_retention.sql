-- What was forgotten, when and why: counts and ids, nothing of the person. An erased account keeps its id, so that every chain,
-- stop and payment still belongs to something.

alter table accounts add column erased_at timestamptz;

create table erasures (
  account_id        text primary key references accounts,
  company_id        text not null,
  centre_id         text not null,
  erased_by         text not null,
  -- Rows by table whose sealed columns were emptied.
  rows_erased       jsonb not null,
  -- Proof files of this account alone; removed from the blob store after this row is written.
  proofs            text[] not null,
  proofs_removed_at timestamptz,
  recorded_at       timestamptz not null default clock_timestamp()
);
alter table erasures enable row level security;
create policy scope on erasures using (company_id = current_company() and sees_centre(centre_id));
grant select, insert on erasures to fudian_app;
grant update (proofs_removed_at) on erasures to fudian_app;

-- Who may be forgotten soon: those who have left.
create index accounts_moved_out on accounts (company_id, moved_out_on) where moved_out_on is not null and erased_at is null;

grant delete on import_bad_rows to fudian_app;
