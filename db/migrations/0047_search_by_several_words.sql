-- 「王伟 长江路」: up to three words, each somewhere in the name or the address; whoever asks for fewer names one twice.
create function accounts_with_each(first bigint[], second bigint[], third bigint[], after_no text, most integer)
  returns table (account_id text, account_no text)
  language sql stable security definer set search_path = public, pg_temp as
$$ select a.account_id, a.account_no
     from account_search s join accounts a on a.account_id = s.account_id
    where cardinality(first) > 0 and cardinality(second) > 0 and cardinality(third) > 0
      and (s.name_words @> first or s.address_words @> first)
      and (s.name_words @> second or s.address_words @> second)
      and (s.name_words @> third or s.address_words @> third)
      and s.company_id = current_company() and a.company_id = current_company() and sees_centre(a.centre_id)
      and a.account_no > after_no
    order by a.company_id, a.account_no limit most $$;
revoke execute on function accounts_with_each(bigint[], bigint[], bigint[], text, integer) from public;
grant execute on function accounts_with_each(bigint[], bigint[], bigint[], text, integer) to fudian_app;
