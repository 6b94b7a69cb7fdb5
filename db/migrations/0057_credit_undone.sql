-- Since when the old value had held when a downgrade took effect, so that undoing it brings that day back.
alter table credit_downgrades add column from_since date;
-- How a measure stood when the grade that gave it went away.
alter table credit_measures add column status_before text;
