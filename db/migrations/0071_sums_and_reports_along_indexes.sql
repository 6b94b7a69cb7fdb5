-- Sums and reports by index alone, measured at 1,000,000 accounts and 100,000 open cases (bench/lists.ts).

-- What management counts of restorations, without a look at the table.
create index restorations_counted on restorations (company_id, recorded_at) include (centre_id, cause_at, restored_at, missed)
  where restored_at is not null;
drop index restorations_by_day;

-- Reports from the oldest on: those that wait, and those acknowledged.
create index escalations_waiting_since on escalations (company_id, occurred_at, subject, subject_id) where acknowledged_at is null;
create index escalations_seen_since on escalations (company_id, occurred_at, subject, subject_id) where acknowledged_at is not null;
drop index escalations_waiting;

-- The same as approvals_due.
drop index approvals_by_expiry;
