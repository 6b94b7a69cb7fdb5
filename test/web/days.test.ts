import { beforeAll, expect, test } from 'vitest';
import type { Story } from '../support/town/story.ts';
import { audit } from './days/auditor.ts';
import { headAndLiaison, importantUser, president } from './days/heads.ts';
import { darkTooLong, explainMiss } from './days/miss.ts';
import { operate } from './days/operator.ts';
import { shieldAndLift } from './days/shields.ts';
import { decideForSilent, nobodyKnows } from './days/silent.ts';
import { makeGood, stopWithoutPermit } from './days/wrongful-stop.ts';
import { byWrongClocks } from './days/wrong-clock.ts';
import { useBrowser } from './support/browser.ts';

const up = useBrowser();

/** Customers whose cases are walked side by side while the first pages are looked at. */
let wrongful: Promise<{ story: Story; stopId: string }>;
let silent: Promise<[Story, Story]>;
let late: Promise<Story>;
let important: Promise<Story>;

beforeAll(() => {
  const { town } = up();
  wrongful = stopWithoutPermit(town, 'web-wrongful', '葛错停');
  important = importantUser(town, 'web-important', '淮安第一医院');
  silent = Promise.all([
    nobodyKnows(town, 'web-silent-refused', '尤无人'),
    nobodyKnows(town, 'web-silent-allowed', '金不应'),
  ]);
  late = darkTooLong(town, 'web-late', '秦久暗');
  // Whoever waits for one of them hears of its failure; nobody else has to.
  for (const walked of [wrongful, silent, late, important]) walked.catch(() => undefined);
});

test('a clock of the computer that is off by days changes nothing of what the list of today says', async () => {
  const [right, ahead, behind] = await byWrongClocks(up());
  expect(right).toEqual(['还剩，今天不送达作废', '还剩 3 天']);
  expect([ahead, behind]).toEqual([right, right]);
});

test('L10: shields are set for one account and for a region, seen in force, and lifted', async () => {
  expect(await shieldAndLift(up())).toEqual(['淮教〔2026〕12号']);
});

test('T3.4: a wrongful stop is made good part by part on its page, and closed once the light is back', async () => {
  expect(await makeGood(up(), await wrongful)).toMatchObject([
    { kind: 'wrongful-stop', compensationFen: 20_050, cause: '班组未申请许可即断开', owed: [] },
  ]);
});

test('L2.gov: the company head and the liaison sign for an important user, and the authority’s receipt is recorded', async () => {
  expect(await headAndLiaison(up(), await important, '淮安第一医院')).toEqual({
    approval: 'approved',
    receipts: ['市发改委 收发室 李某'],
  });
});

test('T2.2: what climbed to the president ends there, and the figures of the company stand behind it', async () => {
  expect(await president(up(), await important)).toBe('president-qin');
});

test('T3.6: a senior decides on stops nobody knows of: refused, nothing is stopped; allowed, all else is still asked', async () => {
  expect(await decideForSilent(up(), await silent)).toMatchObject([
    { status: 'open', stops: 0 },
    { status: 'closed', stops: 1 },
  ]);
});

test('T3.3: a late restoration is explained to customer and leader; half told is not explained', async () => {
  expect(await explainMiss(up(), await late)).toEqual([
    { toldCustomer: true, toldLeader: false },
    { toldCustomer: false, toldLeader: true },
  ]);
});

test('the auditor finds a case, reads its chain, takes the evidence, and finds nothing to press anywhere', async () => {
  expect(await audit(up(), (await wrongful).story)).toEqual([]);
});

test('68: the operator lands on what needs attention, compares the books, tells others and enters a year', async () => {
  expect(await operate(up())).toEqual(
    expect.arrayContaining(['webhook.subscribed', 'webhook.unsubscribed', 'calendar.set']),
  );
});
