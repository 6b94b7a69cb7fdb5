/**
 * Many payments in a short time, while customers wait in the dark and crews are on their way:
 * `node bench/overload.ts [payments] [per second] [dark] [recalled]`. Every payment is a signed webhook over HTTP.
 */
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { wholeCompany } from '../db/database.ts';
import { billingSignature } from '../systems/billing/webhook-signature.ts';
import setUp from '../test/support/global-setup.ts';
import { COMPANY, rowsOf, startTown, type Town } from '../test/support/town/town.ts';

const payments = Number(process.argv[2] ?? 10_000);
const perSecond = Number(process.argv[3] ?? 167);
const dark = Number(process.argv[4] ?? 100);
const recalled = Number(process.argv[5] ?? 100);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Accounts with one bill each; the first ones are stopped, the next ones have a crew on its way. */
async function fill(town: Town): Promise<void> {
  const { vault } = town;
  await town.db.tx(wholeCompany(COMPANY), async (tx) => {
    const values = [COMPANY, payments, vault.seal('张三'), vault.seal('淮阴区长江路1号')];
    await tx.run(
      `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no, debtor_id,
                             reader_id, name_enc, address_enc, protection)
       select 'flood-' || n, $1, 'centre-1', 'F' || n, '淮阴区', 'resident', 'resident', 'M' || n, 'D' || n, 'reader-zhang', $3, $4, 'none'
         from generate_series(1, $2::int) n`,
      values,
    );
    await tx.run(
      `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on)
       select $1, 'centre-1', 'B' || n, 'flood-' || n, 'electricity', '2026-05', 5000, 0, '2026-06-01', '2026-06-20'
         from generate_series(1, $2::int) n`,
      values.slice(0, 2),
    );
    await tx.run(
      `insert into stops (stop_id, company_id, centre_id, account_id, named_bills, principal_fen, classification, method, meter_no,
                          proof, occurred_at)
       select 'stop/flood/' || n, $1, 'centre-1', 'flood-' || n, jsonb_build_array(jsonb_build_object('billId', 'B' || n)), 5000,
              'lawful', 'crew', 'M' || n, '{}', now() - interval '1 day'
         from generate_series(1, $2::int) n`,
      [COMPANY, dark],
    );
    await tx.run(
      `insert into tickets (ticket_id, company_id, centre_id, account_id, kind, attempt, status, raised_by, meter_no, form_enc,
                            planned_from, planned_to, occurred_at)
       select 'flood/' || n, $1, 'centre-1', 'flood-' || n, 'stop', 1, 'dispatched', 'bench', 'M' || n, '', now(), now(), now()
         from generate_series($2::int + 1, $2::int + $3::int) n`,
      [COMPANY, dark, recalled],
    );
  });
  // The crews know their orders, so that a recall is one that somebody has to acknowledge.
  for (let n = dark + 1; n <= dark + recalled; n += 1)
    await fetch(`${town.settings.FIELD_WORK_URL}/work-orders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${town.settings.FIELD_WORK_TOKEN}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        ...{ ticketId: `flood/${n}`, kind: 'stop', accountNo: `F${n}`, meterNo: `M${n}`, address: '淮阴区' },
        ...{ plannedFrom: new Date().toISOString(), plannedTo: new Date().toISOString(), form: {} },
      }),
    });
}

/** Billing sends again what was cut off; the event's id makes it one. */
async function post(town: Town, n: number): Promise<{ ms: number; status: number }> {
  const since = performance.now();
  for (let tries = 1; ; tries += 1) {
    try {
      return { status: await postOnce(town, n), ms: performance.now() - since };
    } catch {
      // A connection that was cut says nothing of the payment.
      if (tries === 5) return { status: 0, ms: performance.now() - since };
      await sleep(250 * tries);
    }
  }
}

async function postOnce(town: Town, n: number): Promise<number> {
  const body = JSON.stringify({
    ...{
      eventId: `event-${n}`,
      type: 'payment.received',
      accountNo: `F${n}`,
      paymentId: `pay-${n}`,
      amountFen: 5000,
    },
    ...{ occurredAt: new Date().toISOString(), channel: 'wechat', status: 'posted', billIds: [`B${n}`] },
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const response = await fetch(`${town.apiUrl}/webhooks/billing`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-fudian-timestamp': timestamp,
      'x-fudian-signature': billingSignature(town.settings.BILLING_WEBHOOK_SECRET, timestamp, body),
    },
    body,
  });
  await response.text();
  return response.status;
}

const quantile = (sorted: number[], q: number): string =>
  `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0)} ms`;

async function flood(town: Town): Promise<void> {
  // Those who wait come last: they stand behind everybody who pays before them.
  const order = Array.from({ length: payments }, (_, index) => payments - index);
  const answers: Promise<{ ms: number; status: number }>[] = [];
  const sinceMs = performance.now();
  for (const [index, n] of order.entries()) {
    const dueMs = sinceMs + (index / perSecond) * 1000;
    await sleep(Math.max(0, dueMs - performance.now()));
    answers.push(post(town, n));
  }
  const all = await Promise.all(answers);
  const seconds = (performance.now() - sinceMs) / 1000;
  const times = all.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const refused = all.filter(({ status }) => status !== 200).length;
  say(
    `${payments} payments in ${seconds.toFixed(1)} s (${Math.round(payments / seconds)}/s); not stored: ${refused}`,
  );
  say(`answered: p50 ${quantile(times, 0.5)}, p99 ${quantile(times, 0.99)}`);
}

interface Waits {
  kind: string;
  n: number;
  p50: number;
  p99: number;
}

async function told(town: Town): Promise<void> {
  for (;;) {
    const [left] = await rowsOf<{ n: number }>(
      town,
      `select count(*)::int as n from outbox where done_at is null and kind in ('start-restore', 'stand-down')`,
    );
    if (left?.n === 0) break;
    await sleep(100);
  }
  const waits = await rowsOf<Waits>(
    town,
    `select kind, count(*)::int as n,
            percentile_cont(0.5) within group (order by extract(epoch from done_at - recorded_at) * 1000) as p50,
            percentile_cont(0.99) within group (order by extract(epoch from done_at - recorded_at) * 1000) as p99
       from outbox where kind in ('start-restore', 'stand-down') group by kind order by kind`,
  );
  for (const { kind, n, p50, p99 } of waits)
    say(`${kind}: ${n}, from commit to delivery p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms`);
  const [stored] = await rowsOf<{ payments: number; open: number; begun: number }>(
    town,
    `select (select count(*)::int from payments) as payments,
            (select count(*)::int from bills where paid_fen < principal_fen) as open,
            (select count(*)::int from restoration_triggers) as begun`,
  );
  say(
    `in the books: ${stored?.payments} payments, ${stored?.open} bills open, ${stored?.begun} restorations owed`,
  );
}

const tearDown = await setUp();
const town = await startTown();
try {
  say(
    `${os.cpus().length} cores; ${payments} payments, ${dark} customers in the dark, ${recalled} crews on their way`,
  );
  await fill(town);
  await flood(town);
  await told(town);
} finally {
  await town.close();
  await tearDown();
}
