import { expect, test } from 'vitest';
import { operate } from './days/operator.ts';
import { shieldAndLift } from './days/shields.ts';
import { makeGood } from './days/wrongful-stop.ts';
import { useBrowser } from './support/browser.ts';

const up = useBrowser();

test('T3.4: a wrongful stop is made good part by part on its page, and closed once the light is back', async () => {
  expect(await makeGood(up())).toMatchObject([
    { kind: 'wrongful-stop', compensationFen: 20_050, cause: '班组未申请许可即断开', owed: [] },
  ]);
});

test('L10: shields are set for one account and for a region, seen in force, and lifted', async () => {
  expect(await shieldAndLift(up())).toEqual(['淮教〔2026〕12号']);
});

test('68: the operator lands on what needs attention, compares the books, tells others and enters a year', async () => {
  expect(await operate(up())).toEqual(
    expect.arrayContaining(['webhook.subscribed', 'webhook.unsubscribed', 'calendar.set']),
  );
});
