-- What the money path, the procedure's look and the lists of the console ask for, by index: measured at 1,000,000 accounts and
-- 100,000 open cases (bench/lists.ts). Without the first two a payment read every ticket and every permit there is.

create index tickets_live on tickets (account_id) where kind = 'stop' and status in ('raised', 'dispatched');
create index permits_live on permits (account_id) where status = 'granted';

create index stops_case on stops (case_id);
create index tasks_case on tasks (case_id) where done_at is null;
create index papers_case on papers (case_id);
create index holds_account on holds (account_id, occurred_at);
create index stops_account on stops (account_id, occurred_at);

create index tasks_due_of_person on tasks (company_id, assignee, due_at, task_id) where done_at is null;
create index tickets_to_act_on on tickets (company_id, planned_to, ticket_id) where status in ('raised', 'dispatched', 'recalled');
create index approvals_by_expiry on approvals (company_id, status, expires_at, approval_id);
create index stops_by_time on stops (company_id, in_force, occurred_at, stop_id);
create index restorations_by_deadline on restorations (company_id, (restored_at is null), deadline_at, stop_id);
create index disputes_by_due on holds (company_id, decision_due_at, hold_id) where kind = 'dispute' and ended_at is null;
create index escalations_waiting on escalations (subject, subject_id) where acknowledged_at is null;
create index tickets_case on tickets (case_id);

-- In the order of a company's numbers, so that a word which every address has stops at a full page: 4 s before at 200,000 accounts.
create or replace function accounts_with_words(words bigint[], after_no text, most integer)
  returns table (account_id text, account_no text)
  language sql stable security definer set search_path = public, pg_temp as
$$ select a.account_id, a.account_no
     from account_search s join accounts a on a.account_id = s.account_id
    where cardinality(words) > 0 and (s.name_words @> words or s.address_words @> words)
      and s.company_id = current_company() and a.company_id = current_company() and sees_centre(a.centre_id)
      and a.account_no > after_no
    order by a.company_id, a.account_no limit most $$;
