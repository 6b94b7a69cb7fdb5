import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { person, must } from '../support/town/person.ts';
import { newAccount, type TownAccount } from '../support/town/account.ts';
import { watchOnce } from './support/matter.ts';
import { rowsOf, startTown, type Town } from '../support/town/town.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town?.close());

const agree = (account: TownAccount, channel: string, address: string) =>
  must(
    person(town, 'clerk-chen').post(`/accounts/${account.accountNo}/agreed-addresses`, {
      ...{ channel, address, agreedOn: '2026-01-05' },
    }),
  );

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error('it did not come to that');
}

interface Run {
  runId: string;
  status: string;
  done: number;
}

test('H2: yellow is reminded by the agreed channel, with proof that it arrived; without any, the reader speaks to them', async () => {
  // The month is not over: it is judged as of today, and all of them owe for five days.
  const wechat = await newAccount(town, { dueDaysAgo: 5 });
  const blocked = await newAccount(town, { dueDaysAgo: 5 });
  const sms = await newAccount(town, { dueDaysAgo: 5 });
  const nobody = await newAccount(town, { dueDaysAgo: 5, phone: '' });
  await agree(wechat, 'wechat', 'oA1b2C3d4E5f6G7h8');
  await agree(blocked, 'wechat', 'oBlocked000000000');
  await town.sim.wechat.block(['oBlocked000000000']);
  const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const officer = person(town, 'credit-he');
  const { runId } = await must(
    officer.post<{ runId: string }>('/credit/runs', { kind: 'grade', month, dry: false }),
  );
  await until(async () => {
    const { status, body } = await officer.get<Run>(`/credit/runs/${runId}`);
    return status === 200 && body.status === 'done' ? body : undefined;
  });
  // A run may end at night: what it prepared leaves with the look that comes every few minutes of the day.
  expect(await town.sim.books.wechat()).toEqual([]);
  await watchOnce(town);
  const letters = () =>
    rowsOf<{ account_id: string; channel: string; status: string; served_by: string | null }>(
      town,
      `select account_id, channel, status, served_by from credit_letters where kind = 'colour-reminder' order by account_id`,
    );
  const settled = await until(async () => {
    const found = await letters();
    return found.length === 3 && found.every(({ status }) => status === 'served' || status === 'failed')
      ? found
      : undefined;
  });
  const of = (account: TownAccount) => settled.find((letter) => letter.account_id === account.accountId);
  expect(of(wechat)).toMatchObject({ channel: 'wechat', status: 'served', served_by: 'receipt' });
  expect(of(blocked)).toMatchObject({ channel: 'wechat', status: 'failed' });
  expect(of(sms)).toMatchObject({ channel: 'sms', status: 'served', served_by: 'receipt' });
  const notes = await town.sim.books.wechat();
  expect(notes.map(({ openId }) => openId).sort()).toEqual(['oA1b2C3d4E5f6G7h8', 'oBlocked000000000']);
  expect(notes[0]?.text).toMatch(/用电信用为黄色/);
  const tasks = await rowsOf<{ kind: string }>(town, `select kind from tasks where account_id = $1`, [
    nobody.accountId,
  ]);
  expect(tasks.map(({ kind }) => kind)).toContain('credit-colour-reminder');
  // K8.1: the customer's file says the same, in words.
  const file = await must(
    officer.get<{
      standing: { colour: string };
      grades: { why: { zh: string }; colourWhy: { zh: string } }[];
    }>(`/accounts/${wechat.accountNo}/credit`),
  );
  expect(file.standing.colour).toBe('yellow');
  expect(file.grades[0]?.colourWhy.zh).toMatch(/信用颜色为黄色：有电费逾期 5 天/);
});

test('H2: a receipt that is not signed by the platform is not believed', async () => {
  const response = await fetch(`${town.apiUrl}/webhooks/wechat?signature=00&timestamp=1&nonce=x`, {
    ...{ method: 'POST', headers: { 'content-type': 'text/xml' } },
    body: '<xml><Event>TEMPLATESENDJOBFINISH</Event><MsgID>1000000001</MsgID><Status>success</Status></xml>',
  });
  expect(response.status).toBe(403);
});
