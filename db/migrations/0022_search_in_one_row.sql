-- The words for search in one row an account, and one index over them. Twenty rows an account were 3.3 GB of 3.9 at 1,000,000
-- accounts and most of the time of an import; searching them under row-level security read the whole table.

alter table account_search rename to account_search_pairs;
alter index account_search_pkey rename to account_search_pairs_pkey;

create table account_search (
  account_id    text primary key,
  company_id    text not null,
  centre_id     text not null,
  -- Keyed hashes of every pair of neighbouring letters, eight bytes each as one number.
  name_words    bigint[] not null,
  address_words bigint[] not null
);

insert into account_search
select account_id, company_id, centre_id,
       coalesce(array_agg(('x' || encode(hash, 'hex'))::bit(64)::bigint) filter (where field = 'name'), '{}'),
       coalesce(array_agg(('x' || encode(hash, 'hex'))::bit(64)::bigint) filter (where field = 'address'), '{}')
  from account_search_pairs group by account_id, company_id, centre_id;
drop table account_search_pairs;

-- What an import adds waits in a list and is sorted in by the million, not word by word.
create index account_search_words on account_search using gin (name_words, address_words)
  with (gin_pending_list_limit = 16384);

alter table account_search enable row level security;
create policy scope on account_search using (company_id = current_company() and sees_centre(centre_id));
grant select, insert, update, delete on account_search to fudian_app;

-- "Contains" may not go below row-level security, so the scope is asked here, and the index is used. In order of account number.
create function accounts_with_words(words bigint[], after_no text, most integer)
  returns table (account_id text, account_no text)
  language sql stable security definer set search_path = public, pg_temp as
$$ select a.account_id, a.account_no
     from account_search s join accounts a on a.account_id = s.account_id
    where cardinality(words) > 0 and (s.name_words @> words or s.address_words @> words)
      and s.company_id = current_company() and sees_centre(s.centre_id) and a.account_no > after_no
    order by a.account_no limit most $$;
revoke execute on function accounts_with_words(bigint[], text, integer) from public;
grant execute on function accounts_with_words(bigint[], text, integer) to fudian_app;
