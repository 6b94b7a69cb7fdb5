/**
 * The stage of one batch: temporary tables, so that there is no row-level security to refuse COPY, nothing of one company lies
 * where another could read it, and nothing is left after the transaction.
 */
export const CREATE_STAGE = `
create temp table stage_accounts (
  account_id text, centre_id text, account_no text, region text, customer_class text, category text, meter_no text,
  debtor_id text, reader_id text, name_enc bytea, phone_enc bytea, email_enc bytea, address_enc bytea, phone_hash bytea,
  capacity_kva bigint, remote_switch boolean, prepaid_contract boolean, protection text, file_fingerprint text,
  name_words bigint[], address_words bigint[], agreed_channel text, agreed_on date, agreed_enc bytea
) on commit drop;
create temp table stage_bills (
  bill_id text, account_id text, centre_id text, service text, period text, principal_fen bigint, paid_fen bigint,
  issued_on date, due_on date, disputed boolean
) on commit drop`;

export const BILL_COLUMNS =
  'bill_id, account_id, centre_id, service, period, principal_fen, paid_fen, issued_on, due_on, disputed';

/** The money path locks the account before its bills, and so does the import, in one order for all. Those not known before are locked as they are inserted. $1: the others. */
export const LOCK_ACCOUNTS =
  'select from accounts where account_id = any ($1) order by account_id for no key update';

/** A registered protection is taken back by people only (L11); "nobody has asked" never wipes an answer. $1: company. */
export const MERGE_ACCOUNTS = `
insert into accounts as old (company_id, account_id, centre_id, account_no, region, customer_class, category, meter_no,
    debtor_id, reader_id, name_enc, phone_enc, email_enc, address_enc, phone_hash, capacity_kva, remote_switch,
    prepaid_contract, protection, file_fingerprint)
select $1, account_id, centre_id, account_no, region, customer_class, category, meter_no, debtor_id, reader_id, name_enc,
       phone_enc, email_enc, address_enc, phone_hash, capacity_kva::integer, remote_switch, prepaid_contract, protection,
       file_fingerprint
  from stage_accounts order by account_id
on conflict (account_id) do update
   set region = excluded.region, customer_class = excluded.customer_class, category = excluded.category,
       meter_no = excluded.meter_no, debtor_id = excluded.debtor_id, reader_id = excluded.reader_id,
       name_enc = excluded.name_enc, phone_enc = excluded.phone_enc, email_enc = excluded.email_enc,
       address_enc = excluded.address_enc, phone_hash = excluded.phone_hash, capacity_kva = excluded.capacity_kva,
       remote_switch = excluded.remote_switch, prepaid_contract = excluded.prepaid_contract,
       protection = case when old.protection = 'registered' then 'registered'
                         else coalesce(excluded.protection, old.protection) end,
       file_fingerprint = excluded.file_fingerprint, recorded_at = clock_timestamp()
 where old.file_fingerprint is distinct from excluded.file_fingerprint
returning account_id, xmax = 0 as is_new`;

/** $1: company, $2: accounts that are new or changed. */
export const WRITE_SEARCH = `
insert into account_search (account_id, company_id, centre_id, name_words, address_words)
select account_id, $1, centre_id, name_words, address_words from stage_accounts where account_id = any ($2)
on conflict (account_id) do update
   set name_words = excluded.name_words, address_words = excluded.address_words`;

/** An agreement that the file no longer names has ended (L8). $1: accounts that changed. */
export const END_AGREEMENTS = `
update agreed_addresses a set revoked_on = (clock_timestamp() at time zone 'Asia/Shanghai')::date
  from stage_accounts s
 where s.account_id = any ($1) and a.account_id = s.account_id and a.revoked_on is null
   and (a.channel, a.agreed_on) is distinct from (s.agreed_channel, s.agreed_on)`;

/** $1: company, $2: accounts that are new or changed. An agreement that was taken back stays so. */
export const WRITE_AGREEMENTS = `
insert into agreed_addresses as old (company_id, centre_id, account_id, channel, address_enc, agreed_on)
select $1, centre_id, account_id, agreed_channel, agreed_enc, agreed_on
  from stage_accounts where account_id = any ($2) and agreed_channel is not null
on conflict (account_id, channel, agreed_on) do update
   set address_enc = excluded.address_enc where old.revoked_on is null`;

/**
 * The bills, paid as far as the file says plus what is in flight, and never less than the money we have laid on them ourselves:
 * the same favour to the customer as in screening/mirror-billing.ts. $1: company.
 */
export const MERGE_BILLS = `
with laid as (
  select a.bill_id, sum(a.amount_fen)::bigint as all_fen,
         coalesce(sum(a.amount_fen) filter (where not exists (
           select from payments p where p.company_id = a.company_id and p.payment_id = a.payment_id
              and p.status = 'posted')), 0)::bigint as in_flight_fen
    from payment_allocations a
   where a.bill_id in (select bill_id from stage_bills) and a.undone_at is null group by a.bill_id)
insert into bills as old (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on,
                          due_on, disputed)
select $1, s.centre_id, s.bill_id, s.account_id, s.service, s.period, s.principal_fen,
       least(s.principal_fen, greatest(s.paid_fen + coalesce(l.in_flight_fen, 0), coalesce(l.all_fen, 0))),
       s.issued_on, s.due_on, s.disputed
  from stage_bills s left join laid l using (bill_id) order by s.bill_id
on conflict (company_id, bill_id) do update
   set service = excluded.service, period = excluded.period, principal_fen = excluded.principal_fen,
       paid_fen = excluded.paid_fen, issued_on = excluded.issued_on, due_on = excluded.due_on,
       disputed = excluded.disputed, recorded_at = clock_timestamp()
 where old.account_id = excluded.account_id
   and (old.service, old.period, old.principal_fen, old.paid_fen, old.issued_on, old.due_on, old.disputed)
       is distinct from (excluded.service, excluded.period, excluded.principal_fen, excluded.paid_fen, excluded.issued_on,
                         excluded.due_on, excluded.disputed)
returning bill_id, xmax = 0 as is_new`;
