-- An objection that somebody outside has to be asked about: who and why, and when its clock became the longer one (L5).
alter table credit_objections add column outside_enc bytea;
alter table credit_objections add column extended_at timestamptz;
