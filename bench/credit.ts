import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type pg from 'pg';
import { pino } from 'pino';
import { creditBatchActs, creditOutboundActs } from '../activities/credit/batch.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { openDatabase, wholeCompany } from '../db/database.ts';
import { openVault } from '../db/keys/vault.ts';
import { migrate } from '../db/migrate.ts';
import { addMonths, monthEnd, monthStart } from '../rules/calendar/civil-date.ts';
import { civilDateAt } from '../rules/calendar/shanghai-time.ts';
import { centres, setUpCompany } from '../tools/district/set-up-company.ts';
import { ensureDatabase, ensureRoles, withClient } from '../tools/postgres/roles.ts';
import { removeLeftClusters } from '../tools/postgres/left-clusters.ts';
import { startPostgres } from '../tools/postgres/start-postgres.ts';
import { ensureNamespace } from '../tools/temporal/namespace.ts';
import { useOrStartTemporal } from '../tools/temporal/start-temporal.ts';
import { installEngineLog } from '../worker/engine-log.ts';
import { buildWorkflowBundle } from '../worker/start-worker.ts';
import { creditRunWorkflowId, TASK_QUEUES, WORKFLOWS } from '../workflows/messages.ts';

/** Accounts with three bills each; `node bench/credit.ts 100000` for fewer. */
const accounts = Number(process.argv[2] ?? 1_000_000);
const companyId = 'bench';
const stretch = Number(process.argv[3] ?? 20_000);
const key = Buffer.alloc(32, 3).toString('base64');
const vault = openVault(`k1:${key}`, key);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const month = addMonths(monthStart(civilDateAt(Date.now())), -1);
const asOf = monthEnd(month);

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
}

/** Three quarters pay in time, a fifth was late once, a few owe; one in two hundred has a record of theft. */
async function fill(client: pg.Client): Promise<void> {
  await client.query(
    `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no, debtor_id,
                           reader_id, name_enc, address_enc, protection, recorded_at)
     select 'acc-' || lpad(n::text, 8, '0'), $1, $2, n::text, '淮阴区', 'resident', 'resident', 'M' || n, 'd' || n, 'r', $4, $4, 'none', now() - interval '2 years'
       from generate_series(1, $3::int) n`,
    [companyId, centres[0]?.centreId, accounts, vault.seal('张三')],
  );
  await client.query(
    `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on, settled_on)
     select $1, $2, 'b' || n || '-' || m, 'acc-' || lpad(n::text, 8, '0'), 'electricity', '2026-01', 10000,
            case when m = 0 and n % 25 = 0 then 0 else 10000 end, d - 15, d,
            case when m = 0 and n % 25 = 0 then null when m = 1 and n % 5 = 0 then d + 4 else d - 3 end
       from generate_series(1, $3::int) n cross join generate_series(0, 2) m
            cross join lateral (select ($4::date - 10 - (n % 70) - m * interval '5 months')::date as d) x`,
    [companyId, centres[0]?.centreId, accounts, asOf],
  );
  await client.query(
    `insert into credit_records (record_id, company_id, centre_id, account_id, kind, occurred_on, confirmed, decision_no, detail_enc,
                                 source, source_name, source_ref, recorded_by)
     select 'r' || n, $1, $2, 'acc-' || lpad(n::text, 8, '0'), 'theft', $4::date - 200, true, 'd', '\\x00', 'own', 's', n::text, 'b'
       from generate_series(200, $3::int, 200) n`,
    [companyId, centres[0]?.centreId, accounts, asOf],
  );
  await client.query('analyze');
}

/** The same tables read once in one statement each, and as many rows of the same shape written, with the same indexes; no rule asked. */
async function barePass(client: pg.Client): Promise<number> {
  const written = [
    'credit_grades',
    'credit_standings',
    'credit_moves',
    'credit_measures',
    'credit_downgrades',
  ] as const;
  const counts = new Map<string, number>();
  for (const table of [...written, 'tasks'] as const) {
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`);
    counts.set(table, Number(rows[0]?.count ?? 0));
    await client.query(
      `create table bare_${table} (like ${table} including indexes including defaults including constraints)`,
    );
  }
  const some = (table: string): string => `(select * from ${table} limit ${counts.get(table) ?? 0})`;
  return seconds(async () => {
    await client.query('begin');
    await client.query(
      `insert into bare_credit_grades (company_id, centre_id, account_id, month, n, as_of, grade, code, watch, colour, colour_code, oldest_days,
                                       owed_fen, late_bills, bills, offence_on, customer_since, deferred, policy_version, cause, run_id)
       select a.company_id, a.centre_id, a.account_id, $1, 1, $2, 'A', 'clean-year', false, 'green', 'clean-year', 0,
              coalesce(b.owed, 0), b.bills, b.bills, r.on_day, b.first, h.account_id is not null, 'bare', 'monthly', 'bare'
         from accounts a
              left join (select account_id, sum(principal_fen - paid_fen)::bigint as owed, count(*) as bills, min(issued_on) as first,
                                max(due_on) as due, max(settled_on) as settled from bills where service = 'electricity' group by account_id) b using (account_id)
              left join (select account_id, max(occurred_on) as on_day from credit_records group by account_id) r using (account_id)
              left join (select distinct account_id from holds) h using (account_id)
              left join credit_tenures t using (account_id)`,
      [month, asOf],
    );
    for (const table of written.slice(1))
      await client.query(`insert into bare_${table} select * from ${some(table)} x`);
    await client.query('commit');
  });
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-bench-'));
const log = pino({ level: 'error' });
installEngineLog(log);
const postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), durable: true });
const temporal = await useOrStartTemporal({
  ...{ dataDir: path.join(folder, 'temporal'), persistence: 'sqlite', timeSkipping: false, durable: false },
  report: () => undefined,
});
try {
  await ensureRoles(postgres.superuserUrl, { app: 'app', owner: 'owner' });
  const urls = await ensureDatabase(postgres.superuserUrl, 'bench', { app: 'app', owner: 'owner' });
  await migrate(urls.ownerUrl);
  const db = openDatabase(urls.appUrl, { maxConnections: 4, name: 'bench credit' });
  await setUpCompany(db, companyId, Date.now());
  const filled = await seconds(() =>
    withClient(postgres.superuserUrl.replace(/\/postgres$/, '/bench'), fill),
  );
  say(`filled      ${filled.toFixed(1)} s, ${accounts} accounts, ${accounts * 3} bills`);
  const connection = await Connection.connect({ address: temporal.address });
  await ensureNamespace(connection, 'bench', { retentionDays: 1 });
  const native = await NativeConnection.connect({ address: temporal.address });
  const client = new Client({ connection, namespace: 'bench' });
  const deps = { db, vault, systems: {}, publicUrl: '' } as unknown as ActivityDeps;
  const common = { connection: native, namespace: 'bench' };
  const workers = [
    await Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.cases,
      workflowBundle: await buildWorkflowBundle(log),
    }),
    await Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.batch,
      activities: { ...creditBatchActs(deps) },
    }),
    await Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.outbound,
      activities: { ...creditOutboundActs(deps) },
    }),
  ];
  const running = Promise.all(workers.map((worker) => worker.run()));
  /** Until every account is judged; the reminders that follow are messages, not grading. */
  const run = (runId: string, dry: boolean): Promise<number> =>
    seconds(async () => {
      const handle = await client.workflow.start(WORKFLOWS.creditRun, {
        workflowId: creditRunWorkflowId(runId),
        taskQueue: TASK_QUEUES.cases,
        args: [{ companyId, kind: 'grade', month, dry, startedBy: 'bench', runId, stretch }],
      });
      const isDone = () =>
        db.tx(wholeCompany(companyId), (tx) =>
          tx.row(`select 1 from credit_runs where run_id = $1 and status = 'done'`, [runId]),
        );
      while ((await isDone()) === undefined) await sleep(100);
      if (!dry) await handle.terminate('only grading is measured').catch(() => undefined);
    });
  const dry = await run('dry', true);
  say(`dry run     ${dry.toFixed(1)} s`);
  const graded = await run('first', false);
  say(
    `first run   ${graded.toFixed(1)} s, ${Math.round(accounts / graded)} accounts/s, stretches of ${stretch}`,
  );
  // As the server does by itself within a minute; until then it takes the tables for empty.
  await withClient(postgres.superuserUrl.replace(/\/postgres$/, '/bench'), (owner) => owner.query('analyze'));
  const again = await run('again', false);
  say(`same month  ${again.toFixed(1)} s (nothing written)`);
  for (const worker of workers) worker.shutdown();
  await running;
  await native.close();
  await connection.close();
  await db.close();
  const bare = await withClient(postgres.superuserUrl.replace(/\/postgres$/, '/bench'), barePass);
  say(`bare pass   ${bare.toFixed(1)} s (same tables read, same rows written, no rule)`);
  say(`first run / bare pass   ${(graded / bare).toFixed(2)}   (target < 2)`);
  say(`dry run / bare pass     ${(dry / bare).toFixed(2)}`);
} finally {
  await temporal.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  removeLeftClusters();
}
