import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPaymentFeed } from '../../../activities/watch/read-payment-feed.ts';
import { wholeCompany } from '../../../db/database.ts';
import type { Intake } from '../../../intake/deps.ts';
import { recordPayment, type PaymentFact } from '../../../intake/payments/record-payment.ts';
import { takePayment } from '../../../intake/payments/take-payment.ts';
import type { BillingPort } from '../../../systems/billing/port.ts';
import type { Systems } from '../../../systems/systems.ts';
import { makeStopCase, type StopCase } from '../../activities/support/stop-case.ts';
import { COMPANY, STOP_AT_MS, openWorkbench, type Workbench } from '../../activities/support/workbench.ts';

let bench: Workbench;
let intake: Intake;
beforeAll(async () => {
  bench = await openWorkbench();
  intake = { db: bench.db, vault: bench.deps.vault, scope: wholeCompany(COMPANY) };
});
afterAll(() => bench.close());

const fact = (c: StopCase, paymentId: string, amountFen: number): PaymentFact => ({
  ...{ source: 'feed', paymentId, amountFen, channel: 'wechat', status: 'posted', billIds: [] },
  occurredAt: new Date(STOP_AT_MS - 60_000).toISOString(),
  accountId: c.accountId,
});
const rows = (sql: string, c: StopCase) => bench.tx((tx) => tx.rows(sql, [c.accountId]));
const CLAIMS = `select 1 from holds where account_id = $1 and kind = 'claimed-payment'`;

test('T2.6: a payment that billing now tells otherwise is a doubt: it holds, once, and people are asked', async () => {
  const c = await makeStopCase(bench, 'told');
  await recordPayment(intake, fact(c, 'differs-1', 100));
  for (let i = 0; i < 3; i += 1)
    expect(await takePayment(intake, fact(c, 'differs-1', 21_000))).toBe('differs');
  expect(await rows(CLAIMS, c)).toHaveLength(1);
  expect(await rows(`select 1 from tasks where account_id = $1 and kind = 'check-claim'`, c)).toHaveLength(1);
  expect(await rows(`select 1 from payments where account_id = $1`, c)).toHaveLength(1);
});

test('T3.2: one line of the feed that cannot be believed hides none of the payments after it', async () => {
  const [poisoned, paid] = [await makeStopCase(bench, 'told'), await makeStopCase(bench, 'told')];
  await recordPayment(intake, fact(poisoned, 'feed-1', 100));
  const item = (c: StopCase, paymentId: string, amountFen: number) => ({
    ...{ paymentId, amountFen, accountNo: `no-${c.accountId}`, channel: 'wechat', billIds: [] },
    ...{ status: 'posted' as const, occurredAt: new Date(STOP_AT_MS - 60_000).toISOString() },
  });
  const items = [item(poisoned, 'feed-1', 200), item(paid, 'feed-2', 21_000)];
  const billing = {
    listPaymentsSince: () => Promise.resolve({ items, nextCursor: 'end', more: false }),
  } as unknown as BillingPort;
  const systems = { ...bench.deps.systems, billing } as Systems;
  expect(await readPaymentFeed({ ...bench.deps, systems })({ companyId: COMPANY })).toEqual({
    found: 1,
    more: false,
  });
  expect(await rows('select 1 from payments where account_id = $1', paid)).toHaveLength(1);
  expect(await rows(CLAIMS, poisoned)).toHaveLength(1);
});
