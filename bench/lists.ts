/**
 * How long the API takes for what a screen of the console asks, at 1,000,000 accounts and 100,000 open cases:
 * `node bench/lists.ts [accounts] [times each]`. Target: below 200 ms (design §9).
 */
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ROLES } from '../api/http/caller.ts';
import setUp from '../test/support/global-setup.ts';
import { startApiOnly, type ApiOnly } from '../test/support/town/api-only.ts';
import { SCREENS, type Screen } from './lists/routes.ts';
import { seed } from './lists/seed.ts';

const accounts = Number(process.argv[2] ?? 1_000_000);
const times = Number(process.argv[3] ?? 15);
const TARGET_MS = 200;
/** Longer than `api/management/shared-answer.ts` keeps an answer. */
const SHARED_MS = 4_050;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const superuserUrl = async (api: ApiOnly): Promise<string> => {
  const database = await api.tx((tx) => tx.row<{ name: string }>('select current_database() as name'));
  const url = new URL(process.env['FUDIAN_TEST_PG_URL'] ?? '');
  url.pathname = `/${database?.name ?? ''}`;
  return url.href;
};

interface Measured {
  readonly screen: Screen;
  readonly medianMs: number;
  readonly worstMs: number;
  readonly status: number;
  readonly items: number;
}

interface Page {
  items?: unknown[];
  next?: string | null;
}

async function measure(api: ApiOnly, screen: Screen): Promise<Measured> {
  const roles = ROLES.filter((role) => role !== 'customer');
  const token = await api.token({ personId: 'reader-1', roles, centres: screen.centres ?? '*' });
  const sent = screen.body ?? (screen.text === undefined ? undefined : { text: screen.text });
  const ask = async (cursor?: string | null): Promise<{ ms: number; status: number; body: Page }> => {
    const startedMs = performance.now();
    const response = await api.send(`${screen.path}${cursor ? `&cursor=${cursor}` : ''}`, {
      token,
      ...(sent !== undefined && {
        method: 'POST',
        body: JSON.stringify(sent),
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      }),
    });
    const text = await response.text();
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Page;
    return { ms: performance.now() - startedMs, status: response.status, body };
  };
  let cursor: string | null | undefined;
  for (let page = 0; page < (screen.pages ?? 0); page += 1) cursor = (await ask(cursor)).body.next;
  const took: number[] = [];
  let [status, items] = [0, 0];
  const isShared = screen.path.startsWith('/management');
  for (let n = 0; n < (isShared ? Math.min(times, 5) : times); n += 1) {
    // Each sum is kept for a while for all who ask: what is timed is adding it up.
    if (isShared) await sleep(SHARED_MS);
    const answer = await ask(cursor);
    took.push(answer.ms);
    [status, items] = [answer.status, answer.body.items?.length ?? 1];
  }
  took.sort((a, b) => a - b);
  return { screen, medianMs: took[took.length >> 1] ?? 0, worstMs: took.at(-1) ?? 0, status, items };
}

const tearDown = await setUp();
const api = await startApiOnly();
try {
  const startedMs = performance.now();
  const url = await superuserUrl(api);
  await seed(url, api.vault, { companyId: 'company-1', accounts });
  const size = new pg.Client({ connectionString: url });
  await size.connect();
  const [found] = (await size.query('select pg_size_pretty(pg_database_size(current_database())) as size'))
    .rows as { size: string }[];
  await size.end();
  const load = os.loadavg().map((n) => n.toFixed(1));
  say(
    `${accounts} accounts, ${accounts / 10} open cases, ${found?.size}, seeded in ${((performance.now() - startedMs) / 1000).toFixed(0)} s; load average ${load.join(' ')}`,
  );
  say(`${'screen'.padEnd(44)} median    worst  items`);
  let missed = 0;
  for (const screen of SCREENS) {
    const { medianMs, worstMs, status, items } = await measure(api, screen);
    const isMissed = status >= 300 || medianMs >= TARGET_MS;
    if (isMissed) missed += 1;
    say(
      `${screen.what.padEnd(44)} ${medianMs.toFixed(0).padStart(4)} ms ${worstMs.toFixed(0).padStart(5)} ms ${String(items).padStart(6)}${isMissed ? `  <- ${status}` : ''}`,
    );
  }
  say(`${SCREENS.length - missed} of ${SCREENS.length} below ${TARGET_MS} ms`);
} finally {
  await api.close();
  await tearDown();
}
