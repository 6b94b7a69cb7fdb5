import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decidePermit } from '../../../activities/case/decide-permit.ts';
import { wholeCompany } from '../../../db/database.ts';
import type { Intake } from '../../../intake/deps.ts';
import { recordPayment, type PaymentFact } from '../../../intake/payments/record-payment.ts';
import { makeStopCase, readBillingJustNow, type StopCase } from '../../activities/support/stop-case.ts';
import {
  CENTRE,
  COMPANY,
  STOP_AT_MS,
  openWorkbench,
  type Workbench,
} from '../../activities/support/workbench.ts';
import { fc, forAllAsync } from '../../support/property.ts';

let bench: Workbench;
let intake: Intake;
beforeAll(async () => {
  bench = await openWorkbench();
  intake = { db: bench.db, vault: bench.deps.vault, scope: wholeCompany(COMPANY) };
});
afterAll(() => bench.close());

let made = 0;
function payment(c: StopCase, more: Partial<PaymentFact> = {}): PaymentFact {
  made += 1;
  return {
    source: 'webhook',
    paymentId: `pay-${made}`,
    amountFen: 21_000,
    occurredAt: new Date(STOP_AT_MS).toISOString(),
    channel: 'wechat',
    status: 'posted',
    billIds: [],
    accountId: c.accountId,
    ...more,
  } as PaymentFact;
}

const rows = <R>(sql: string, c: StopCase) => bench.tx((tx) => tx.rows<R>(sql, [c.accountId]));

const paidFen = async (c: StopCase): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await rows<{ bill_id: string; paid_fen: number }>(
        'select bill_id, paid_fen from bills where account_id = $1',
        c,
      )
    ).map((bill) => [bill.bill_id.split('-')[0], bill.paid_fen]),
  );

/** Beside the named bill of 200 yuan an older and a younger one that nobody named. */
async function withOtherBills(c: StopCase): Promise<void> {
  await bench.tx((tx) =>
    tx.run(
      `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on)
       select $1, $2, name || '-' || $3, $3, 'electricity', '2026-07', 5000, 0, due::date - 10, due::date
         from (values ('older', '2026-08-20'), ('younger', '2026-10-20')) other (name, due)`,
      [COMPANY, CENTRE, c.accountId],
    ),
  );
}

test('one fact per payment and status, whoever tells it and however often', async () => {
  const c = await makeStopCase(bench, 'told');
  const fact = payment(c, { amountFen: 7_000 });
  const answers = await Promise.all(
    ['webhook', 'feed', 'clerk', 'live-check'].map((source) => recordPayment(intake, { ...fact, source })),
  );
  expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(1);
  expect(await paidFen(c)).toEqual({ bill: 7_000 });
  await expect(recordPayment(intake, { ...fact, amountFen: 7_001 })).rejects.toMatchObject({
    code: 'payment-differs',
    status: 409,
  });
  const inFlight = payment(c, { status: 'in-flight', amountFen: 1_000 });
  await recordPayment(intake, inFlight);
  await recordPayment(intake, { ...inFlight, status: 'posted' });
  expect(await paidFen(c)).toEqual({ bill: 8_000 });
});

test('T1.2: money goes to the named principal first, then to what the payer named, then to the oldest', async () => {
  const c = await makeStopCase(bench, 'told');
  await withOtherBills(c);
  await recordPayment(intake, payment(c, { amountFen: 19_999 }));
  expect(await paidFen(c)).toEqual({ bill: 19_999, older: 0, younger: 0 });
  await recordPayment(intake, payment(c, { amountFen: 101, billIds: [`younger-${c.accountId}`] }));
  expect(await paidFen(c)).toEqual({ bill: 20_000, older: 0, younger: 100 });
  await recordPayment(intake, payment(c, { amountFen: 50 }));
  expect(await paidFen(c)).toEqual({ bill: 20_000, older: 50, younger: 100 });
  await recordPayment(intake, payment(c, { amountFen: 99_999 }));
  expect(await paidFen(c)).toEqual({ bill: 20_000, older: 5_000, younger: 5_000 });
});

test('a payment that bounces leaves every bill as it was, once, and releases what it held', async () => {
  const c = await makeStopCase(bench, 'told');
  await withOtherBills(c);
  await recordPayment(intake, payment(c, { amountFen: 3_000 }));
  const before = await paidFen(c);
  const bounced = payment(c, { amountFen: 20_000 });
  await recordPayment(intake, bounced);
  await recordPayment(intake, { ...bounced, status: 'reversed' });
  expect(await recordPayment(intake, { ...bounced, status: 'reversed' })).toEqual({ duplicate: true });
  expect(await paidFen(c)).toEqual(before);
});

test('T1.2: a part holds the case, from the moment it was known, until it bounces', async () => {
  const c = await makeStopCase(bench, 'told');
  const part = payment(c, { amountFen: 100 });
  await recordPayment(intake, part);
  const HOLDS = 'select kind, until_at, ended_at from holds where account_id = $1';
  const [hold] = await rows<{ kind: string; until_at: string; ended_at: string | null }>(HOLDS, c);
  expect(hold).toMatchObject({ kind: 'part-payment', ended_at: null });
  expect(Date.parse(hold?.until_at ?? '')).toBeGreaterThan(Date.now() + 2 * 86_400_000);
  await recordPayment(intake, { ...part, status: 'reversed' });
  const [ended] = await rows<{ ended_at: string | null }>(HOLDS, c);
  expect(ended?.ended_at).not.toBeNull();
  const whole = await makeStopCase(bench, 'told');
  await recordPayment(intake, payment(whole));
  expect(await rows(HOLDS, whole)).toEqual([]);
});

test('T2.6: paid or permitted, never both, whatever meets whatever', async () => {
  await forAllAsync(
    [
      fc.array(
        fc.record({
          delayMs: fc.integer({ min: 0, max: 12 }),
          amountFen: fc.constantFrom(1, 20_000, 21_000),
        }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 3 }),
    ],
    async (payments, asks) => {
      const c = await makeStopCase(bench, 'told');
      await readBillingJustNow(bench, c);
      const ask = async (delayMs: number) => {
        await sleep(delayMs);
        return decidePermit(bench.deps)({
          ...c.at(STOP_AT_MS),
          ticketId: `ticket/${c.caseId}/1`,
          crewId: 'crew-1',
          readMeterNo: `meter-${c.accountId}`,
          inDoubt: false,
        });
      };
      const pay = async (one: { delayMs: number; amountFen: number }) => {
        await sleep(one.delayMs);
        return recordPayment(intake, payment(c, { amountFen: one.amountFen }));
      };
      await Promise.all([...asks.map(ask), ...payments.map(pay)]);
      const live = await rows(`select 1 from permits where account_id = $1 and status = 'granted'`, c);
      expect(live).toEqual([]);
      expect((await ask(0)).outcome).not.toBe('permitted');
      const given = payments.reduce((sum, one) => sum + one.amountFen, 0);
      expect(await paidFen(c)).toEqual({ bill: Math.min(20_000, given) });
    },
    40,
  );
});

test('T1.2, R3: what was claimed or promised of a debt that is paid holds nothing afterwards; an order of an authority does', async () => {
  const c = await makeStopCase(bench, 'told');
  await bench.tx(async (tx) => {
    for (const kind of ['claimed-payment', 'plan', 'authority-order', 'dispute'])
      await tx.run(
        `insert into holds (hold_id, company_id, centre_id, account_id, kind, reason, set_by, occurred_at)
         values ($1, $2, $3, $4, $5, 'test', 'clerk', $6)`,
        [`hold/${kind}/${c.caseId}`, COMPANY, CENTRE, c.accountId, kind, new Date(STOP_AT_MS).toISOString()],
      );
  });
  const holding = async () =>
    (
      await rows<{ kind: string }>(
        'select kind from holds where account_id = $1 and ended_at is null order by kind',
        c,
      )
    ).map(({ kind }) => kind);
  const inFlight = payment(c, { status: 'in-flight', occurredAt: new Date().toISOString() });
  await recordPayment(intake, inFlight);
  // Money on its way may still be lost.
  expect(await holding()).toEqual(['authority-order', 'claimed-payment', 'dispute', 'plan']);
  await recordPayment(intake, { ...inFlight, status: 'posted' });
  expect(await holding()).toEqual(['authority-order', 'dispute']);
});
