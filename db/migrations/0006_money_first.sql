-- A permit and a payment meet at the account's row: whoever grants waits for the money that is being stored, and
-- then sees it. The lock stands in the trigger, so no code path can grant without it. No red notice served, no permit.

create or replace function no_permit_after_payment() returns trigger language plpgsql as $$
declare noticed timestamptz;
begin
  perform from accounts where account_id = new.account_id for no key update;
  select max(n.recorded_at) into noticed from notices n
   where n.case_id = new.case_id and n.kind = 'red' and n.attempt = new.attempt and n.status = 'served';
  if noticed is null then
    raise exception 'T2.2: no red notice is served for this attempt' using errcode = 'check_violation';
  end if;
  if exists (select from payments_standing p where p.account_id = new.account_id and p.recorded_at >= noticed) then
    raise exception 'T2.6: a payment stands since the red notice' using errcode = 'check_violation';
  end if;
  return new;
end $$;
