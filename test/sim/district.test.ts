import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crewBehaviour } from '../../sim/district/crews.ts';
import { districtFile } from '../../sim/district/file.ts';
import { generateDistrict } from '../../sim/district/generate.ts';
import { streetOf } from '../../sim/district/street.ts';
import type { TestDistrict } from './support/district.ts';
import { setting, startDistrict } from './support/district.ts';

const plan = { seed: 'huaiyin', accounts: 300, today: '2026-11-24' };

describe('a generated district', () => {
  test('is the same for the same seed, another for another, and grows at its end', () => {
    const district = [...generateDistrict(plan)];
    expect([...generateDistrict(plan)]).toEqual(district);
    expect([...generateDistrict({ ...plan, accounts: 400 })].slice(0, 300)).toEqual(district);
    expect([...generateDistrict({ ...plan, seed: 'other' })]).not.toEqual(district);
  });

  test('has every kind of customer and nobody twice', () => {
    const accounts = [...generateDistrict({ ...plan, accounts: 2_000 })].map((customer) => customer.account);
    expect(new Set(accounts.map((account) => account.accountNo)).size).toBe(2_000);
    expect(new Set(accounts.map((account) => account.category)).size).toBe(6);
    expect(new Set(accounts.map((account) => account.centreId)).size).toBe(2);
    const phones = accounts.flatMap((account) => account.phone ?? []);
    expect(new Set(phones).size).toBe(phones.length);
    const isServable = accounts.every(({ agreedChannel, email, phone }) =>
      agreedChannel === 'email' ? email !== null : agreedChannel === null || phone !== null,
    );
    expect(isServable).toBe(true);
  });
});

describe('in billing', () => {
  let district: TestDistrict;
  beforeAll(async () => {
    district = await startDistrict();
  });
  afterAll(() => district.close());

  test('a district exports the same rows as its file', async () => {
    await district.client.seedDistrict(plan);
    const exported = await district.client.arrearsFile(setting(district.sim, 'BILLING_TOKEN'));
    const rowsOf = (bytes: Uint8Array): string[] =>
      parse(new TextDecoder().decode(bytes), { columns: true })
        .map((row: unknown) => JSON.stringify(row))
        .sort();
    const file = Buffer.concat([...districtFile(plan, 'utf-8')]);
    expect(rowsOf(exported)).toEqual(rowsOf(file));
    await district.client.reset();
  });

  test('the street has twelve stories whose bills fell due so many days ago', async () => {
    const street = await district.client.seedStreet({ today: '2026-11-24', dueDaysAgo: 12 });
    expect(street).toEqual(streetOf('2026-11-24', 12));
    expect(street).toHaveLength(12);
    expect(new Set(street.flatMap(({ account }) => account.bills.map((bill) => bill.dueDate)))).toEqual(
      new Set(['2026-11-12']),
    );
  });

  test('customers act at their stage, once, at the time of the case', async () => {
    const street = await district.client.seedStreet({ today: '2026-11-24' });
    const of = (key: string): string => street.find((story) => story.key === key)?.account.accountNo ?? '';
    const occurredAt = '2027-01-05T01:10:00.000Z';
    const paying = of('pays-while-crew-drives');
    expect((await district.client.reach(paying, 'red-notice', occurredAt)).done).toEqual([]);
    const first = await district.client.reach(paying, 'crew-driving', occurredAt);
    expect(first.done).toMatchObject([{ act: 'pay', payment: { occurredAt, status: 'posted' } }]);
    expect(await district.client.reach(paying, 'crew-driving', occurredAt)).toEqual(first);
    expect((await district.client.accountNow(paying)).payments).toHaveLength(1);

    const bouncing = of('bounces-a-payment');
    await district.client.reach(bouncing, 'yellow-notice', occurredAt);
    await district.client.reach(bouncing, 'red-notice', occurredAt);
    const { payments, bills } = await district.client.accountNow(bouncing);
    expect(payments.map((payment) => payment.status)).toEqual(['reversed']);
    expect(bills[0]?.paidFen).toBe(0);

    await district.client.reach(of('disputed'), 'yellow-notice', occurredAt);
    expect((await district.client.accountNow(of('disputed'))).bills[0]?.disputed).toBe(true);
    expect((await district.client.reach(of('refuses-to-sign'), 'red-notice')).door).toBe('refuses');
  });

  test('crews work by seed: most are done in time, some doubt, some have no network', async () => {
    const ticketId = 'ticket/case-1/1';
    expect(await district.client.crew.behaviour(ticketId)).toEqual(crewBehaviour('huaiyin', ticketId));
    const crews = Array.from({ length: 300 }, (_, index) => crewBehaviour('huaiyin', `ticket/${index}`));
    expect(crews.filter((crew) => crew.work === 'done').length).toBeGreaterThan(250);
    expect(crews.some((crew) => crew.doubtsMeter)).toBe(true);
    expect(crews.some((crew) => crew.device === 'device-offline')).toBe(true);
  });

  test('a customer’s behaviour can be set by hand', async () => {
    const accountNo = '320899000004';
    await district.client.behaviour(accountNo, {
      door: 'claims-paid',
      acts: { 'second-notice': [{ act: 'pay', amount: 'half' }] },
    });
    const { done, door } = await district.client.reach(accountNo, 'second-notice');
    expect(door).toBe('claims-paid');
    expect(done[0]?.payment?.amountFen).toBe(21_208);
  });
});
