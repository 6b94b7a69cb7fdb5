-- A run asks of every account whether a move of it waits already.
create index credit_downgrades_account on credit_downgrades (account_id, scheme);
