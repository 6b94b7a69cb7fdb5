-- One run of a kind at a time; a dry run changes nothing and may stand beside it.
create unique index credit_runs_one on credit_runs (company_id, kind) where status in ('running', 'paused') and not dry;

create index credit_moves_cause on credit_moves (cause, scheme, account_id);
create index messages_credit on messages (company_id, message_id) where status in ('prepared', 'sending') and purpose like 'credit-%';

-- Whoever is watched and settles a bill, or is found not to have, is looked at again within minutes (K5.3).
create function credit_bill_flips() returns trigger language plpgsql as $$
begin
  insert into credit_due (company_id, centre_id, account_id, cause)
  select s.company_id, s.centre_id, s.account_id, 'bill-settled'
    from credit_standings s where s.account_id = new.account_id
     and (s.watch or exists (select from credit_downgrades q where q.account_id = s.account_id
                                and q.status in ('queued', 'approved', 'noticed')));
  return null;
end $$;
create trigger bills_change_credit after update on bills for each row
  when ((old.paid_fen < old.principal_fen) is distinct from (new.paid_fen < new.principal_fen))
  execute function credit_bill_flips();

-- How a case ended, a stop, an incident, a broken plan: each is a change worth looking at (K5.3).
create function credit_outcome() returns trigger language plpgsql as $$
begin
  insert into credit_due (company_id, centre_id, account_id, cause) values (new.company_id, new.centre_id, new.account_id, tg_argv[0]);
  return null;
end $$;
create trigger cases_change_credit after update of status on cases for each row
  when (new.status = 'closed' and old.status = 'open') execute function credit_outcome('case-closed');
create trigger stops_change_credit after insert or update of classification on stops for each row
  execute function credit_outcome('stop');
create trigger holds_change_credit after update of end_reason on holds for each row
  when (new.end_reason = 'plan-broken') execute function credit_outcome('plan-broken');
create function credit_incident() returns trigger language plpgsql as $$
begin
  insert into credit_due (company_id, centre_id, account_id, cause)
  select s.company_id, s.centre_id, s.account_id, 'incident' from stops s where s.stop_id = new.stop_id;
  return null;
end $$;
create trigger incidents_change_credit after insert on incidents for each row execute function credit_incident();
