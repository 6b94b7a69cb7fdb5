import type pg from 'pg';
import type { Vault } from '../../db/keys/vault.ts';

const CENTRES = 20;

/**
 * A district as large as a city: accounts over twenty centres, one open bill each, a tenth with an open case in every stage,
 * tasks and approvals for a part of them. Everybody has the same name: what is opened for a screen costs the same.
 */
export async function fillScreens(client: pg.Client, vault: Vault, accounts: number): Promise<void> {
  const cases = accounts / 10;
  const run = (sql: string, values: readonly unknown[] = []): Promise<unknown> =>
    client.query(sql, [...values]);
  await run('begin');
  await run(`insert into companies (company_id, name) values ('company-1', '供电公司')`);
  await run(
    `insert into centres (centre_id, company_id, name, region)
     select 'centre-' || n, 'company-1', '中心' || n, '区域' || n from generate_series(1, $1::int) n`,
    [CENTRES],
  );
  await run(
    `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no, debtor_id,
                           reader_id, name_enc, address_enc, protection)
     select 'acc-' || n, 'company-1', 'centre-' || (n % $2 + 1), '3208' || lpad(n::text, 8, '0'), '区域1', 'resident', 'resident',
            'M' || n, 'd-' || n, 'reader-' || (n % 50), $3, $4, 'none'
       from generate_series(0, $1 - 1) n`,
    [accounts, CENTRES, vault.seal('张三丰'), vault.seal('长江路七号')],
  );
  await run(
    `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on)
     select 'company-1', 'centre-' || (n % $2 + 1), 'B' || n, 'acc-' || n, 'electricity', '2026-05', 12345, 0,
            current_date - 90, current_date - 60
       from generate_series(0, $1 - 1) n`,
    [accounts, CENTRES],
  );
  await run(
    `insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, stage, stage_since, launched_by, opened_at)
     select 'case-' || n, 'company-1', 'centre-' || (n % $2 + 1), 'acc-' || n, 'v', '{}',
            (array['first-dunning', 'yellow-service', 'yellow-period', 'approval', 'red-service', 'notice-period'])[n % 6 + 1],
            now() - n * interval '1 minute', 'x', now() - n * interval '1 minute'
       from generate_series(0, $1 - 1) n`,
    [cases, CENTRES],
  );
  await run(
    `insert into tasks (task_id, company_id, centre_id, case_id, account_id, kind, role, ref, not_before, due_at, occurred_at)
     select 'task-' || n, 'company-1', 'centre-' || (n % $2 + 1), 'case-' || n, 'acc-' || n, 'serve-yellow', 'reader', 'r',
            now(), now() + n * interval '1 minute', now()
       from generate_series(0, $1 - 1) n where n % 3 = 0`,
    [cases, CENTRES],
  );
  await run(
    `insert into approvals (approval_id, company_id, centre_id, case_id, attempt, status, applicant_id, required_roles, bound,
                            expires_at, occurred_at)
     select 'approval-' || n, 'company-1', 'centre-' || (n % $2 + 1), 'case-' || n, 1, 'pending', 'reader-zhang',
            array['station-head'], '{"billIds": [], "principalFen": 12345}', now() + n * interval '1 minute', now()
       from generate_series(0, $1 - 1) n where n % 6 = 3`,
    [cases, CENTRES],
  );
  await run('commit');
  await run('vacuum analyze');
}
