-- Who is yellow is asked for every five minutes, and of each whether they were reminded of it.
create index credit_standings_yellow on credit_standings (company_id, account_id) where colour = 'yellow' and objected_at is null;
create index credit_letters_account on credit_letters (account_id, kind);
