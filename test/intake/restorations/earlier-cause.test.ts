import { afterAll, beforeAll, expect, test } from 'vitest';
import { decidePermit } from '../../../activities/case/decide-permit.ts';
import { beginRestoration } from '../../../activities/restoration/begin-restoration.ts';
import { isRestored } from '../../../activities/restoration/tell.ts';
import { wholeCompany } from '../../../db/database.ts';
import { recordExecution } from '../../../intake/crew/record-execution.ts';
import type { Intake } from '../../../intake/deps.ts';
import { recordPayment } from '../../../intake/payments/record-payment.ts';
import { makeStopCase, readBillingJustNow, type StopCase } from '../../activities/support/stop-case.ts';
import { COMPANY, STOP_AT_MS, openWorkbench, type Workbench } from '../../activities/support/workbench.ts';

const HOUR_MS = 3_600_000;
const STOPPED_AT_MS = STOP_AT_MS + 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();

let bench: Workbench;
let intake: Intake;
beforeAll(async () => {
  bench = await openWorkbench();
  intake = { db: bench.db, vault: bench.deps.vault, scope: wholeCompany(COMPANY) };
});
afterAll(() => bench.close());

const pay = (c: StopCase, paymentId: string, amountFen: number, atMs: number) =>
  recordPayment(intake, {
    ...{ source: 'webhook', accountId: c.accountId, paymentId: `${paymentId}-${c.accountId}`, amountFen },
    ...{ occurredAt: iso(atMs), channel: 'wechat', status: 'posted', billIds: [] },
  });

test('L3: a payment made earlier and told later moves the clocks of a running restoration forward', async () => {
  const c = await makeStopCase(bench, 'told');
  await bench.tx((tx) =>
    tx.run(`insert into case_clocks (company_id, account_id, offset_ms) values ($1, $2, $3)`, [
      ...[COMPANY, c.accountId, STOP_AT_MS + 6 * HOUR_MS - Date.now()],
    ]),
  );
  await readBillingJustNow(bench, c);
  const ticketId = `ticket/${c.caseId}/1`;
  const meterNo = `meter-${c.accountId}`;
  const asked = { ...c.at(STOP_AT_MS), ticketId, crewId: 'crew-1', readMeterNo: meterNo, inDoubt: false };
  const { permitId = '' } = await decidePermit(bench.deps)(asked);
  const { stopId } = await recordExecution(intake, {
    ...{ ticketId, permitId, crewId: 'crew-1', meterNo, readingKwh: 1, proofs: ['p'], method: 'crew' },
    occurredAt: iso(STOPPED_AT_MS),
  });
  await pay(c, 'later', 21_000, STOP_AT_MS + 5 * HOUR_MS);
  const moment = { ...c.at(STOP_AT_MS + 6 * HOUR_MS), stopId };
  const plan = await beginRestoration(bench.deps)(moment);
  expect(plan.causeAtMs).toBe(STOP_AT_MS + 5 * HOUR_MS);
  const look = (causeAtMs: number) => isRestored(bench.deps)({ ...moment, causeAtMs });
  expect(await look(plan.causeAtMs)).toEqual({ restored: false, messageId: null });

  await pay(c, 'earlier', 5_000, STOP_AT_MS - HOUR_MS);
  const row = await bench.tx((tx) =>
    tx.row('select cause_at, promise_at, deadline_at from restorations where stop_id = $1', [stopId]),
  );
  expect(row).toEqual({
    cause_at: iso(STOPPED_AT_MS),
    promise_at: iso(STOPPED_AT_MS + (plan.promiseMs - plan.causeAtMs)),
    deadline_at: iso(STOPPED_AT_MS + 24 * HOUR_MS),
  });
  const { clocks } = await look(plan.causeAtMs);
  expect(clocks).toMatchObject({ causeAtMs: STOPPED_AT_MS, deadlineMs: STOPPED_AT_MS + 24 * HOUR_MS });
  expect(clocks?.escalationsMs).toEqual(
    plan.escalationsMs.map((ms) => ms - (plan.causeAtMs - STOPPED_AT_MS)),
  );
  expect(await look(STOPPED_AT_MS)).toEqual({ restored: false, messageId: null });
});
