/**
 * From a payment's webhook to the crew's device being told to stand down: `node bench/stand-down.ts [seconds] [a second]`.
 * Real API; the real dispatcher on a thread and with connections of its own, as billing and the devices are. Each payment is of another
 * account whose crew is on its way; its case is a workflow that is told by signal. Target: p99 below 1 s at 200 a second (design §9).
 */
import { once } from 'node:events';
import os from 'node:os';
import pg from 'pg';
import { Worker } from 'node:worker_threads';
import type { Client } from '@temporalio/client';
import setUp from '../test/support/global-setup.ts';
import { startApiOnly, type ApiOnly } from '../test/support/town/api-only.ts';
import { testNamespace, type TestNamespace } from '../test/support/temporal.ts';
import type { Carrier } from './stand-down/carrier.ts';
import type { Begin, Told } from './stand-down/outside.ts';

const seconds = Number(process.argv[2] ?? 20);
const perSecond = Number(process.argv[3] ?? 200);
const payments = seconds * perSecond;
const COMPANY = 'company-1';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Accounts with an open case at the permit, a bill, a payment of old, and a ticket that a crew has. */
const STOCK = [
  `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no, debtor_id, reader_id,
                         name_enc, address_enc, protection)
   select 'acc-B' || n, '${COMPANY}', 'centre-1', 'B' || n, 'r', 'resident', 'resident', 'M' || n, 'd' || n, 'reader-1', $2, $2, 'none'
     from generate_series(0, $1::int - 1) n`,
  `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on)
   select '${COMPANY}', 'centre-1', 'bill-' || n, 'acc-B' || n, 'electricity', '2026-05', 5000, 0, current_date - 90, current_date - 60
     from generate_series(0, $1::int - 1) n where $2::bytea is not null`,
  `insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, stage, stage_since, attempt, launched_by, opened_at)
   select 'case-' || n, '${COMPANY}', 'centre-1', 'acc-B' || n, '1', '{}', 'permit', clock_timestamp(), 1, 'clerk',
          clock_timestamp() - interval '30 days' from generate_series(0, $1::int - 1) n where $2::bytea is not null`,
  `insert into tickets (ticket_id, company_id, centre_id, account_id, case_id, kind, attempt, status, raised_by, meter_no, form_enc,
                        planned_from, planned_to, occurred_at)
   select 'ticket/case-' || n || '/1', '${COMPANY}', 'centre-1', 'acc-B' || n, 'case-' || n, 'stop', 1, 'dispatched', 'reader-1',
          'M' || n, $2, clock_timestamp(), clock_timestamp() + interval '1 hour', clock_timestamp() from generate_series(0, $1::int - 1) n`,
  `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at)
   select '${COMPANY}', 'centre-1', 'before-' || n, 'posted', 'acc-B' || n, 4000, 'bank', 'webhook', clock_timestamp() - interval '90 days'
     from generate_series(0, $1::int - 1) n where $2::bytea is not null`,
];

/** What was put in at once is counted as a database that has run for a day has counted it; without that no index is taken. */
async function analyse(databaseUrl: string): Promise<void> {
  const owner = new URL(process.env['FUDIAN_TEST_PG_URL'] ?? '');
  owner.pathname = new URL(databaseUrl).pathname;
  const client = new pg.Client({ connectionString: owner.href });
  await client.connect();
  await client.query('analyze');
  await client.end();
}

/** Cases that nobody works on, so that a signal is taken in by the engine at its full cost. */
async function startCases(temporal: Client): Promise<void> {
  for (let from = 0; from < payments; from += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, payments - from) }, (_, n) =>
        temporal.workflow.start('bench', { workflowId: `case/acc-B${from + n}`, taskQueue: 'bench-nobody' }),
      ),
    );
}

const at = (sorted: readonly number[], part: number): string =>
  `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(0)} ms`;

function tell(what: string, ms: readonly number[]): void {
  const sorted = ms.toSorted((a, b) => a - b);
  say(
    `${what.padEnd(34)} p50 ${at(sorted, 0.5)}, p95 ${at(sorted, 0.95)}, p99 ${at(sorted, 0.99)}, worst ${at(sorted, 1)}`,
  );
}

async function run(api: ApiOnly, engine: TestNamespace): Promise<void> {
  for (const statement of STOCK)
    await api.tx((tx) => tx.run(statement, [payments, api.vault.seal('王伟芳')]));
  await analyse(api.settings.DATABASE_URL);
  await startCases(engine.client);
  const outside = new Worker(new URL('./stand-down/outside.ts', import.meta.url), {
    workerData: { secret: api.settings.BILLING_WEBHOOK_SECRET },
  });
  const [port] = (await once(outside, 'message')) as [number];
  const carrier: Carrier = {
    settings: { ...api.settings, FIELD_WORK_URL: `http://127.0.0.1:${port}` },
    companyId: COMPANY,
    namespace: engine.namespace,
    payloadKeys: engine.payloadKeys,
  };
  const worker = new Worker(new URL('./stand-down/carrier.ts', import.meta.url), { workerData: carrier });
  await once(worker, 'message');
  const begin: Begin = { apiUrl: api.url, payments, perSecond };
  outside.postMessage(begin);
  const [seen] = (await once(outside, 'message')) as [Told];
  const load = os.loadavg().map((n) => n.toFixed(1));
  say(`${payments} payments at ${perSecond} a second; load average ${load.join(' ')}`);
  tell('webhook answered', seen.answeredMs);
  tell('crew told to stand down', seen.toldMs);
  say(`refused ${seen.refused}, never told ${seen.unheard}   (target: p99 below 1 s, none of either)`);
  worker.postMessage('close');
  await once(worker, 'message');
  await worker.terminate();
  await outside.terminate();
}

const tearDown = await setUp();
const api = await startApiOnly();
const engine = await testNamespace();
try {
  await run(api, engine);
} finally {
  await api.close();
  await engine.close();
  await tearDown();
}
