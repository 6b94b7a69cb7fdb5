-- Duties to tell somebody that no letter was written for: asked for every five minutes.
create index credit_measures_untold on credit_measures (company_id, measure_id)
  where kind in ('grade-told', 'colour-letter') and status = 'open';
