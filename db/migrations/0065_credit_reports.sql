-- From here on the platform may have the record, whether or not its answer ever came.
alter table credit_exports add column attempted_at timestamptz;

-- What was taken back or refused may be proposed again, as another record; what is under way is one.
alter table credit_exports drop constraint credit_exports_kind_subject_id_account_id_key;
create unique index credit_exports_one on credit_exports (kind, subject_id, account_id)
  where status in ('proposed', 'noticed', 'approved', 'sent', 'acknowledged');
