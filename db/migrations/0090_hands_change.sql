-- Who takes an account over begins anew: nothing that was established of, recorded against or moved for the one before is theirs.

-- No personal debtor, whatever code path asks (L6): the newest identity, established of the customer of now, must be a verified firm.
create or replace function exports_are_of_firms() returns trigger language plpgsql as $$
begin
  if not exists (select from (select party_kind, identity_verified from credit_files f
                               where f.account_id = new.account_id
                                 and f.recorded_at > coalesce((select max(t.recorded_at) from credit_tenures t
                                                                where t.account_id = new.account_id), '-infinity')
                               order by version desc limit 1) newest
                  where newest.party_kind = 'firm' and newest.identity_verified) then
    raise exception 'L6: only a verified firm may be reported' using errcode = 'check_violation';
  end if;
  if not exists (select from legal_bases b where b.basis_id = new.basis_id and b.company_id = new.company_id
                   and b.signed_at is not null and b.revoked_at is null) then
    raise exception 'L6: no signed legal basis' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- What still waits against the one before is judged anew within minutes (K5.3, L7).
create or replace function account_changes_hands() returns trigger language plpgsql as $$
begin
  insert into credit_tenures (company_id, centre_id, account_id, debtor_id, from_on, set_by)
  values (new.company_id, new.centre_id, new.account_id, new.debtor_id,
          (clock_timestamp() at time zone 'Asia/Shanghai')::date, 'contract');
  insert into credit_due (company_id, centre_id, account_id, cause)
  select s.company_id, s.centre_id, s.account_id, 'changed-hands' from credit_standings s where s.account_id = new.account_id;
  return null;
end $$;
