import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../cli/fudian.ts';
import { addDays, monthStart } from '../../rules/calendar/civil-date.ts';
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
  const scores = await fudian('dry-run', '--score', '--month', today);
  expect(scores.out).toMatch(new RegExp(`${owing.accountNo} +not scored → \\w+ +.*\\d`));
  const done = await fudian('run', '--month', today);
  expect(done.out).toMatch(/1 of 1 accounts: 0 up, 1 down, 1 wait for a person/);
  const file = await fudian('show', owing.accountNo);
  expect(file.out).toContain('grade B');
  expect(file.out).toContain('the oldest unpaid bill is 45 days overdue');
});

test('G2.1: credit month lays what was known then beside what is known now, and changes nothing; others may not ask', async () => {
  const lastMonth = monthStart(addDays(monthStart(today), -1)).slice(0, 7);
  // Its bill came into the books after that month was over.
  const told = await fudian('month', owing.accountNo, lastMonth);
  expect(told).toMatchObject({ code: 0 });
  expect(told.out).toMatch(/reason +new-customer +arrears-(within|over)-one-month/);
  expect(told.out).toMatch(/late bills of the year +0 of 0 +1 of 1/);
  expect(told.out).toContain('days overdue');
  const json = JSON.parse((await fudian('month', owing.accountNo, lastMonth, '--json')).out) as {
    stored: unknown[];
  };
  expect(json.stored).toEqual([]);
  const early = await fudian('month', owing.accountNo, today);
  expect(early.code).not.toBe(0);
  expect(early.err).toContain(`${today.slice(0, 7)} is not over`);
  const path = `${town.apiUrl}/accounts/${owing.accountNo}/credit/months/${lastMonth}-01`;
  const ask = async (person: string) =>
    (await fetch(path, { headers: { authorization: `Bearer ${await town.sim.token(person)}` } })).status;
  expect(await ask('credit-he')).toBe(200);
  expect(await ask('crew-wu')).toBe(403);
  expect(await ask('clerk-chu')).toBe(404);
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

test('G3.1, R3: credit order says who first and why, and writes it for a spreadsheet', async () => {
  const file = path.join(folder, 'order.csv');
  const made = await fudian('order', 'dunning', owing.accountNo, '--csv', file);
  expect(made).toMatchObject({ code: 0 });
  expect(made.out).toMatch(new RegExp(`1 +${owing.accountNo} +`));
  const bytes = readFileSync(file);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, first] = bytes.toString('utf8').split('\r\n');
  expect(head?.split('","')).toHaveLength(7);
  expect(first).toContain(`"1","${owing.accountNo}","`);
  expect(first).toContain('"R3"');
  const { orderingId } = JSON.parse((await fudian('order', 'dunning', owing.accountNo, '--json')).out) as {
    orderingId: string;
  };
  // Nobody else reads whose accounts somebody asked about.
  const strange = await fetch(`${town.apiUrl}/credit/orderings/${orderingId}/ordering.csv`, {
    headers: { authorization: `Bearer ${await town.sim.token('head-qian')}` },
  });
  expect(strange.status).toBe(404);
  expect((await fudian('order', 'rationing', owing.accountNo)).code).toBe(2);
});

test('H3, K4.1, K5.2: credit identity, record, adjust and measure do what the API does', async () => {
  const who = [
    'identity',
    owing.accountNo,
    '--name',
    '淮阴测试有限公司',
    '--reason',
    '见执照',
    '--kind',
    'firm',
  ];
  const wrong = await fudian(...who, '--code', '91350100M000100Y44', '--verified');
  expect(wrong.err).toContain('check letter');
  expect((await fudian(...who, '--code', '91350100M000100Y43', '--verified')).out).toMatch(/^version: \d/);
  const record = await fudian(
    ...['record', 'add', owing.accountNo, 'inspection', '--on', addDays(today, -3), '--words', '合格'],
    ...['--from', '检查班', '--ref', 'cli-1', '--outcome', 'passed'],
  );
  expect(record.out).toMatch(/recordId: record-/);
  const recordId = /recordId: (\S+)/.exec(record.out)?.[1] ?? '';
  expect((await as('manager-sun', 'record', 'annul', recordId, '--reason', '录错户')).out).toBe(
    `${recordId}: annulled`,
  );
  const proposed = await fudian('adjust', 'propose', owing.accountNo, '--reason', '主动配合', '3');
  const adjustmentId = /adjustmentId: (\S+)/.exec(proposed.out)?.[1] ?? '';
  // K5.2: seen by a second person.
  expect((await fudian('adjust', 'decide', adjustmentId, 'accept')).err).toContain('another person');
  expect((await as('manager-sun', 'adjust', 'decide', adjustmentId, 'accept')).code).toBe(0);
  expect((await fudian('measure', 'list')).code).toBe(0);
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
