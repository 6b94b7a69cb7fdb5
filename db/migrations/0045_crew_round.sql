-- A crew's day shows the stand-downs of the last day, also those that were acknowledged elsewhere.
create index tickets_stood_down on tickets (company_id, recorded_at) where status = 'recall-acknowledged';
