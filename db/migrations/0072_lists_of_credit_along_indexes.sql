-- What waits for a credit officer, orders and alarms, in the order in which their lists are read: a page is one walk along an index,
-- whatever has been decided since the beginning. Measured with 110,000 of each, a tenth of them waiting (bench/lists.ts).

create index credit_downgrades_of_status on credit_downgrades (company_id, status, downgrade_id);
create index credit_exports_of_status on credit_exports (company_id, status, export_id);
create index credit_objections_waiting on credit_objections (company_id, due_at, objection_id) where decided_at is null;
create index credit_repairs_waiting on credit_repairs (company_id, occurred_at, repair_id) where decided_at is null;
create index credit_repairs_account on credit_repairs (account_id);
create index credit_measures_due on credit_measures (company_id, due_on, measure_id) where status in ('open', 'accepted');
create index shields_latest on shields (company_id, from_on, shield_id);
create index alarms_by_state on alarms (company_id, (cleared_at is null), raised_at, alarm_id);
-- Whether a record was replaced was looked for in all records.
create index credit_records_replaced on credit_records (replaces) where replaces is not null;
