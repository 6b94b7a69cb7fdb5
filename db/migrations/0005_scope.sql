-- Row-level security on every table: a company sees its own rows, a person the rows of the centres in scope.
-- The application logs in as fudian_app, which owns nothing and may not bypass this.

do $$
declare t text;
begin
  foreach t in array array['centres', 'accounts', 'account_search', 'agreed_addresses', 'bills', 'crew_capacity', 'cases',
    'case_steps', 'observations', 'decisions', 'stop_plans', 'capacity_reservations', 'notices', 'services', 'messages',
    'links', 'approvals', 'approval_decisions', 'tickets', 'payments', 'payment_allocations', 'permits', 'stops', 'restoration_triggers',
    'restorations', 'incidents', 'holds', 'tasks', 'escalations', 'papers', 'imports'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I using (company_id = current_company() and sees_centre(centre_id))', t);
  end loop;
  foreach t in array array['companies', 'delegations', 'case_clocks', 'calendar_years', 'policies', 'shields',
    'weather_warnings', 'outbox', 'webhook_subscriptions', 'inbox', 'idempotency_keys', 'feed_cursors', 'import_rejects',
    'audit', 'audit_heads'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I using (company_id = current_company())', t);
  end loop;
end $$;

grant usage on schema public to fudian_app;
grant select, insert, update on all tables in schema public to fudian_app;
grant delete on account_search, idempotency_keys, import_rejects to fudian_app;
grant usage on all sequences in schema public to fudian_app;
