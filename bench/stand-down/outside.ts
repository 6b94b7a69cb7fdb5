/** The outside of the bench, on a thread of its own: the billing system that tells of payments, and the crews' devices. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/** What the outside is told before it begins. */
export interface Outside {
  readonly secret: string;
}
/** How it is told to begin: payments a second, on accounts `B0`, `B1` … */
export interface Begin {
  readonly apiUrl: string;
  readonly payments: number;
  readonly perSecond: number;
}
/** What it saw; ms from sending the webhook. */
export interface Told {
  readonly answeredMs: number[];
  readonly toldMs: number[];
  readonly refused: number;
  readonly unheard: number;
}

const WAIT_FOR_LAST_MS = 60_000;
const { secret } = workerData as Outside;
const sentAt = new Map<string, number>();
const told = new Map<string, number>();
const answered: number[] = [];
let refused = 0;

const device = createServer((request, response) => {
  const ticketId = decodeURIComponent((request.url ?? '').split('/')[2] ?? '');
  request.resume().on('end', () => {
    if (!told.has(ticketId)) told.set(ticketId, performance.now());
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ acknowledged: true }));
  });
}).listen(0, '127.0.0.1');
await once(device, 'listening');

async function pay(apiUrl: string, n: number): Promise<void> {
  const body = JSON.stringify({
    eventId: `event-${n}`,
    type: 'payment.received',
    accountNo: `B${n}`,
    paymentId: `pay-${n}`,
    amountFen: 5_000,
    occurredAt: new Date().toISOString(),
    channel: 'bank',
    status: 'posted',
  });
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  const startedMs = performance.now();
  sentAt.set(`ticket/case-${n}/1`, startedMs);
  const response = await fetch(`${apiUrl}/webhooks/billing`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-fudian-timestamp': timestamp,
      'x-fudian-signature': `v1=${signature}`,
    },
    body,
  });
  await response.text();
  answered.push(performance.now() - startedMs);
  if (response.status !== 200) refused += 1;
}

async function run({ apiUrl, payments, perSecond }: Begin): Promise<Told> {
  const startedMs = performance.now();
  const sent: Promise<void>[] = [];
  for (let n = 0; n < payments; n += 1) {
    const dueMs = startedMs + (n * 1_000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    sent.push(
      pay(apiUrl, n).catch(() => {
        refused += 1;
      }),
    );
  }
  await Promise.all(sent);
  const untilMs = performance.now() + WAIT_FOR_LAST_MS;
  while (told.size < payments && performance.now() < untilMs) await sleep(50);
  const toldMs = [...told].map(([ticketId, at]) => at - (sentAt.get(ticketId) ?? at));
  return { answeredMs: answered, toldMs, refused, unheard: payments - told.size };
}

const address = device.address();
parentPort?.postMessage(typeof address === 'object' ? address?.port : null);
parentPort?.once('message', (begin: Begin) => {
  void run(begin).then((seen) => {
    parentPort?.postMessage(seen);
    device.close();
    device.closeAllConnections();
  });
});
