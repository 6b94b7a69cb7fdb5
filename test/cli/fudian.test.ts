import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../cli/fudian.ts';
import { EXIT } from '../../cli/core/exit.ts';
import { yuan } from '../../cli/core/print.ts';
import { openDatabase, wholeCompany } from '../../db/database.ts';
import type { Db } from '../../db/database.ts';
import { vaultOf } from '../../db/keys/vault.ts';
import { simClient } from '../../sim/client.ts';
import { loadExample } from '../../tools/district/load.ts';
import { assumeLegalHolidays, setUpCompany } from '../../tools/district/set-up-company.ts';
import { readPdf } from '../support/pdf-text.ts';
import { silent } from '../../tools/report.ts';
import { startStack } from '../../tools/stack/start-stack.ts';
import type { Stack } from '../../tools/stack/start-stack.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-cli-'));
const paysSoon = '320899000001';
const isStopped = '320899000004';
const isProtected = '320899000012';
let stack: Stack;
let db: Db;

/** One command line as a person types it. */
async function fudian(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const world = {
    env: { FUDIAN_DATA: folder },
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
  };
  const code = await run(args, world);
  process.exitCode = undefined;
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** A command that has to succeed. */
async function ok(...args: string[]): Promise<string> {
  const { code, out, err } = await fudian(...args);
  expect(`${code} ${err}`).toMatch(/^0 /);
  return out;
}

beforeAll(async () => {
  // Everything but the engine of this run is the stack's own; its database is a cluster of its own.
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    TEMPORAL_SERVER_PATH: process.env['TEMPORAL_SERVER_PATH'],
  };
  stack = await startStack({ dataDir: folder, env });
  const { env: settings, urls } = stack;
  db = openDatabase(settings['DATABASE_URL'] ?? '', { maxConnections: 2 });
  const vault = vaultOf(settings);
  await setUpCompany(db, 'company-1', Date.now());
  await assumeLegalHolidays(db, 'company-1', Date.now());
  const loading = { db, vault, companyId: 'company-1', report: silent, dataDir: folder };
  await loadExample(loading, simClient(urls.sim ?? ''), settings['BILLING_TOKEN'] ?? '', Date.now());
}, 120_000);

afterAll(async () => {
  await db.close();
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test('doctor finds everything answering', async () => {
  const findings = JSON.parse(await ok('--json', 'doctor')) as { what: string; ok: boolean }[];
  expect(findings.length).toBeGreaterThan(4);
  expect(findings.filter((finding) => !finding.ok)).toEqual([]);
});

test('launch opens a case, refuses a protected person with the reason, and why says the same', async () => {
  expect(await ok('launch', paysSoon)).toContain(paysSoon);
  const refused = await fudian('launch', isProtected);
  expect(refused.code).toBe(EXIT.refused);
  expect(refused.out).toContain('protected person');
  expect(await ok('why', isProtected)).toContain('L11');
  // The procedure writes the case down a moment after it was accepted.
  await expect.poll(() => ok('case', 'list')).toContain(paysSoon);
});

test('a case goes forward, is served, paid and closed, and its timeline says so', async () => {
  expect(await ok('case', 'fast-forward', paysSoon, '--next')).toContain('first-dunning');
  expect(await ok('serve', paysSoon, '--method', 'photo')).toContain('first-dunning notice: served');
  expect(await ok('pay', paysSoon)).toContain('¥186.40');
  await ok('case', 'fast-forward', paysSoon, '--minutes', '1');
  const shown = await ok('case', 'show', paysSoon);
  expect(shown).toContain('closed: paid');
  expect(shown).toContain('paid ¥186.40');
  expect(await ok('--lang', 'zh', 'case', 'show', paysSoon)).toContain('结案：已缴清');
  expect(await ok('--lang', 'zh', 'why', paysSoon)).toContain('怎样才会改变');
  const again = await fudian('pay', paysSoon);
  expect({ code: again.code, err: again.err }).toEqual({
    code: EXIT.refused,
    err: expect.stringContaining('owes nothing') as string,
  });
});

test('from the launch to the stop and back to the light, by the commands alone', async () => {
  const next = () => ok('case', 'fast-forward', isStopped, '--next');
  await ok('launch', isStopped);
  await next();
  await ok('serve', isStopped, '--method', 'photo');
  await next();
  expect(await ok('serve', isStopped)).toContain('yellow notice: served');
  await next();
  expect(await ok('approve')).toContain(isStopped);
  expect(await ok('approve', isStopped)).toContain('approved');
  await next();
  const served = await ok('serve', isStopped);
  const stopAt = /stop (\d{4}-\d\d-\d\d \d\d:\d\d) to/.exec(served)?.[1] ?? '';
  const early = await fudian('permit', isStopped);
  expect(early.code).not.toBe(EXIT.ok);
  await ok('case', 'fast-forward', isStopped, '--until', stopAt);
  const wrong = await fudian('permit', isStopped, '--meter', 'M1');
  expect(wrong.code).toBe(EXIT.refused);
  expect(wrong.err).toContain('T2.7');
  expect(await ok('ticket', isStopped)).toContain('stop ticket');
  expect(await ok('permit', isStopped, '--execute')).toContain('stopped: lawful');
  await ok('pay', isStopped, '--lost');
  expect(await ok('restore', isStopped, '--check')).toContain('restoration is owed');
  await ok('case', 'fast-forward', isStopped, '--minutes', '20');
  expect(await ok('restore')).toContain(isStopped);
  expect(await ok('restore', isStopped)).toContain('restored at');
}, 120_000);

test('paper saves what was sealed on the way: each notice with its sum, the tickets, the sheet, the evidence', async () => {
  const stored = <T>(sql: string): Promise<T[]> => db.tx(wholeCompany('company-1'), (tx) => tx.rows<T>(sql));
  const save = async (kind: string, id: string): Promise<string> => {
    const file = path.join(folder, `${kind}.pdf`);
    expect(await ok('paper', kind, id, file)).toContain(`${file}: `);
    return readPdf(readFileSync(file)).text;
  };
  const notices = await stored<{ id: string; kind: string; sum: number; no: string }>(
    `select notice_id as id, kind, sum_fen as sum, account_no as no from notices join accounts using (account_id)
      where account_no = '${isStopped}' order by occurred_at`,
  );
  expect(notices.map(({ kind }) => kind)).toEqual(['first-dunning', 'yellow', 'red']);
  for (const { id, sum } of notices) expect(await save('notice', id)).toContain(`（小写${yuan(sum)}）`);
  expect(await save('service', notices[2]?.id ?? '')).toContain('有效送达');
  const tickets = await stored<{ id: string; kind: string }>(
    `select ticket_id as id, kind from tickets join accounts using (account_id) where account_no = '${isStopped}'`,
  );
  for (const { id, kind } of tickets)
    expect(await save('ticket', id)).toContain(kind === 'stop' ? '停电工作票' : '复电工作票');
  const [stop] = await stored<{ id: string }>('select stop_id as id from stops');
  expect(await save('evidence', stop?.id ?? '')).toContain('lawful');
  expect((await fudian('paper', 'miss', stop?.id ?? '')).code).toBe(EXIT.refused);
  expect((await fudian('paper', 'banknote', 'x')).code).toBe(EXIT.usage);
});

test('a file with mistakes: the good rows go on, the bad ones come back to be mended', async () => {
  const { code, out } = await fudian('--json', 'import', 'examples/arrears-with-mistakes.csv');
  expect(code).toBe(EXIT.failed);
  const done = JSON.parse(out) as { rowsRead: number; rowsBad: number; mendFile: string };
  expect(done.rowsBad).toBeGreaterThan(0);
  expect(done.rowsBad).toBeLessThan(done.rowsRead);
  expect(readFileSync(done.mendFile, 'utf8')).toContain('原因');
  expect((await fudian('import', 'no-such-file.csv')).code).toBe(EXIT.usage);
});

test('wrong use, nobody there and an unknown person have codes of their own', async () => {
  expect((await fudian('case', 'show')).code).toBe(EXIT.usage);
  expect((await fudian('case', 'show', '999')).code).toBe(EXIT.usage);
  expect((await fudian('--url', 'http://127.0.0.1:9', 'case', 'list')).code).toBe(EXIT.unreachable);
  expect((await fudian('--as', 'nobody-here', 'case', 'list')).code).toBe(EXIT.usage);
  const wrongRole = await fudian('--as', 'crew-wu', 'launch', paysSoon);
  expect(wrongRole.code).toBe(EXIT.refused);
});
