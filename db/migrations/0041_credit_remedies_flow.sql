-- What remedies write beside the tables of 0036: a repair that was granted, a correction that was sent, what the platform answered.

alter table credit_annulments drop constraint credit_annulments_cause_check;
alter table credit_annulments add constraint credit_annulments_cause_check
  check (cause in ('mistake', 'objection-upheld', 'wrongful-stop', 'decision-withdrawn', 'repaired'));

alter table credit_letters drop constraint credit_letters_kind_check;
alter table credit_letters add constraint credit_letters_kind_check check (kind ~ '^[a-z][a-z0-9-]*$');

-- Days for which restraints rested, so that what is left of their time goes on afterwards.
alter table credit_objections add column standing_before jsonb;
alter table credit_objections add column answer_letter_id text references credit_letters;

alter table credit_repairs add column ended_reason text;
alter table credit_repairs add column answer_letter_id text references credit_letters;

alter table credit_downgrades add column reply_answer text check (reply_answer in ('stands', 'withdrawn'));
alter table credit_downgrades add column reply_answered_by text;

-- 'refused' is ours or the platform's; the code says which.
alter table credit_exports add column refused_code text;
alter table credit_exports add column acknowledged_at timestamptz;
alter table credit_exports add column stated_on date;
create index credit_exports_open on credit_exports (company_id, centre_id, status, export_id);
create index credit_exports_account on credit_exports (account_id);
