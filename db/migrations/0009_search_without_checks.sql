-- The words for search are written with their account, in one statement, twenty rows an account, and no account is ever deleted by
-- the application: asking for each word whether its account is there was most of the time of an import.

alter table account_search drop constraint account_search_account_id_fkey;
