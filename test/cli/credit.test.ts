import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../cli/fudian.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { newAccount, type TownAccount } from '../support/town/account.ts';
import { startTown, type Town } from '../support/town/town.ts';

const today = civilDateAt(Date.now());
let town: Town;
let folder: string;
let owing: TownAccount;
beforeAll(async () => {
  town = await startTown();
  folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-credit-'));
  owing = await newAccount(town, { dueDaysAgo: 45 });
});
afterAll(async () => {
  await town?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const fudian = (...args: string[]) => as('credit-he', ...args);

async function as(who: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const env = {
    ...{ FUDIAN_DATA: folder, FUDIAN_URL: town.apiUrl, FUDIAN_TOKEN: await town.sim.token(who) },
  };
  const code = await run(['credit', ...args], {
    env,
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('credit dry-run shows who would move and why; run moves nobody down by itself; show tells the customer', async () => {
  const dry = await fudian('dry-run', '--month', today);
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.out).toContain(owing.accountNo);
  expect(dry.out).toContain('arrears-over-one-month');
  const done = await fudian('run', '--month', today);
  expect(done.out).toMatch(/1 of 1 accounts: 0 up, 1 down, 1 wait for a person/);
  const file = await fudian('show', owing.accountNo);
  expect(file.out).toContain('grade B');
  expect(file.out).toContain('the oldest unpaid bill is 45 days overdue');
});

test('L7: credit downgrade, objection and repair: what waits, what may be done and why not, and each act', async () => {
  const waiting = await fudian('downgrade', 'list');
  expect(waiting.out).toMatch(
    new RegExp(`${owing.accountNo} +grade +B +C +queued +the oldest unpaid bill is 45 days`),
  );
  const refused = await fudian(
    'objection',
    'file',
    owing.accountNo,
    '--words',
    '已缴清',
    '--scheme',
    'stars',
  );
  expect(refused.code).toBe(2);
  const filed = await as('clerk-chen', 'objection', 'file', owing.accountNo, '--words', '已缴清');
  expect(filed.out).toMatch(/objectionId: objection\//);
  const decided = await fudian('downgrade', 'decide', owing.accountNo, 'approve', '--reason', '欠费属实');
  expect(decided.out).toMatch(/: approved$/);
  const shown = await fudian('objection', 'show', owing.accountNo);
  // Whoever moved the grade does not decide about it; every act says why not.
  expect(shown.out).toMatch(/decide: no\n +another person has to do this \(L5\)\n +withdraw: yes/);
  const own = await fudian('objection', 'decide', owing.accountNo, 'rejected', '--reason', '未缴');
  expect(own).toMatchObject({ code: 3 });
  const ended = await as('head-qian', 'objection', 'decide', owing.accountNo, 'rejected', '--reason', '未缴');
  expect(ended.out).toMatch(/: rejected$/);
  const asked = await as('clerk-chen', 'repair', 'apply', owing.accountNo, '--words', '请予修复');
  expect(asked.code).toBe(0);
  const early = await as('head-qian', 'repair', 'decide', owing.accountNo, 'granted', '--reason', '同意');
  expect(early.err).toContain('the clean period is not over');
  const json = await fudian('repair', 'list', '--json');
  expect(JSON.parse(json.out)).toMatchObject([
    {
      accountNo: owing.accountNo,
      status: 'verifying',
      allowedActions: [{ action: 'verify', allowed: true }, {}, {}],
    },
  ]);
  const person = await fudian(
    'export',
    'propose',
    owing.accountNo,
    '--subject',
    'C/2026-11-01',
    '--basis',
    'none',
  );
  expect(person.code).not.toBe(0);
  expect((await fudian('export', 'list')).out).toBe('Nothing waits.');
});

test('credit import takes the good rows and tells of the bad ones', async () => {
  const file = path.join(folder, 'records.csv');
  writeFileSync(
    file,
    `户号,类型,发生日期,结果,情况,来源,来源编号\n${owing.accountNo},检查,${addDays(today, -2)},合格,年度检查,检查班,1\nnobody,荣誉,${today},,表彰,检查班,2\n`,
  );
  const told = await fudian('import', file);
  expect(told.code).toBe(1);
  expect(told.out).toContain('2 rows: 1 new, 0 as before, 1 bad');
  expect(told.out).toContain('no such account within your scope');
});

test('credit draw verify runs a published draw again, and finds an entry that was moved', async () => {
  const ids = ['acc-1', 'acc-2', 'acc-3'];
  const { drawOf } = await import('../../rules/credit/draw.ts');
  const entries = drawOf('seed', 'residential', ids, 100).map((one) => ({ ...one, class: 'residential' }));
  const file = path.join(folder, 'draw.json');
  writeFileSync(file, JSON.stringify({ seed: 'seed', sharePermille: 100, classes: {}, entries }));
  expect(await fudian('draw', 'verify', file)).toMatchObject({ code: 0, out: '3 entries: the same list' });
  const moved = entries.map((one) => ({ ...one, won: !one.won }));
  writeFileSync(file, JSON.stringify({ seed: 'seed', sharePermille: 100, classes: {}, entries: moved }));
  expect((await fudian('draw', 'verify', file)).code).toBe(3);
});
