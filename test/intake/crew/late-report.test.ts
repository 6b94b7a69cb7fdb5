import { afterAll, beforeAll, expect, test } from 'vitest';
import { decidePermit } from '../../../activities/case/decide-permit.ts';
import { beginRestoration } from '../../../activities/restoration/begin-restoration.ts';
import { wholeCompany } from '../../../db/database.ts';
import { recordExecution } from '../../../intake/crew/record-execution.ts';
import type { Intake } from '../../../intake/deps.ts';
import { endHold } from '../../../intake/holds/end-hold.ts';
import { reportDanger } from '../../../intake/holds/report-danger.ts';
import { setHold } from '../../../intake/holds/set-hold.ts';
import { recordPayment } from '../../../intake/payments/record-payment.ts';
import { recordRestored } from '../../../intake/restorations/record-restored.ts';
import { setShield } from '../../../intake/shields/set-shield.ts';
import { makeStopCase, readBillingJustNow, type StopCase } from '../../activities/support/stop-case.ts';
import { COMPANY, STOP_AT_MS, openWorkbench, type Workbench } from '../../activities/support/workbench.ts';

let bench: Workbench;
let intake: Intake;
beforeAll(async () => {
  bench = await openWorkbench();
  intake = { db: bench.db, vault: bench.deps.vault, scope: wholeCompany(COMPANY) };
});
afterAll(() => bench.close());

const iso = (ms: number): string => new Date(ms).toISOString();

/** A crew has stopped at T+1 and is out of reach; what `then` does is stored before its report comes. */
async function reportedLate(then: (c: StopCase) => Promise<unknown>): Promise<string[]> {
  const c = await makeStopCase(bench, 'told');
  // The account's own time stands a moment after the act.
  await bench.tx((tx) =>
    tx.run(`insert into case_clocks (company_id, account_id, offset_ms) values ($1, $2, $3)`, [
      ...[COMPANY, c.accountId, STOP_AT_MS + 120_000 - Date.now()],
    ]),
  );
  await readBillingJustNow(bench, c);
  const ticketId = `ticket/${c.caseId}/1`;
  const meterNo = `meter-${c.accountId}`;
  const asked = { ...c.at(STOP_AT_MS), ticketId, crewId: 'crew-1', readMeterNo: meterNo, inDoubt: false };
  const { permitId = '' } = await decidePermit(bench.deps)(asked);
  await then(c);
  const answer = await recordExecution(intake, {
    ...{ ticketId, permitId, crewId: 'crew-1', meterNo, readingKwh: 1, proofs: ['p'], method: 'crew' },
    occurredAt: iso(STOP_AT_MS + 60_000),
  });
  expect(answer.classification).toBe('lawful');
  const triggers = await bench.tx((tx) =>
    tx.rows<{ kind: string }>('select kind from restoration_triggers where stop_id = $1 order by kind', [
      answer.stopId,
    ]),
  );
  return triggers.map(({ kind }) => kind);
}

const setBy = (c: StopCase, kind: 'guarantee' | 'dispute') =>
  setHold(intake, { accountId: c.accountId, kind, reason: '登记', by: 'leader-1' });

test('L3: whoever pays between the stop and its late report gets the light back by the report', async () => {
  const kinds = await reportedLate((c) =>
    recordPayment(intake, {
      ...{ source: 'webhook', accountId: c.accountId, paymentId: `pay-${c.accountId}`, amountFen: 21_000 },
      ...{ occurredAt: iso(STOP_AT_MS + 90_000), channel: 'wechat', status: 'posted', billIds: [] },
    }),
  );
  expect(kinds).toEqual(['paid']);
});

test('L3: a part paid meanwhile switches nothing on', async () => {
  const kinds = await reportedLate((c) =>
    recordPayment(intake, {
      ...{ source: 'webhook', accountId: c.accountId, paymentId: `part-${c.accountId}`, amountFen: 5_000 },
      ...{ occurredAt: iso(STOP_AT_MS + 90_000), channel: 'wechat', status: 'posted', billIds: [] },
    }),
  );
  expect(kinds).toEqual([]);
});

test('L3, L11: a guarantee, a danger or an order meanwhile counts, too', async () => {
  expect(await reportedLate((c) => setBy(c, 'guarantee'))).toEqual(['guarantee']);
  expect(
    await reportedLate((c) => reportDanger(intake, { accountNo: `no-${c.accountId}`, by: 'clerk-1' })),
  ).toEqual(['danger']);
  expect(
    await reportedLate((c) =>
      setShield(intake, {
        ...{
          accountNo: `no-${c.accountId}`,
          effect: 'no-stop',
          orderNo: '1',
          reason: '保电',
          by: 'liaison-1',
        },
        ...{ from: '2026-11-11', to: '2026-11-12' },
      }),
    ),
  ).toEqual(['shield']);
});

test('L5: a dispute meanwhile counts once it was upheld', async () => {
  expect(await reportedLate((c) => setBy(c, 'dispute'))).toEqual([]);
  const upheld = await reportedLate(async (c) => {
    const { holdId } = await setBy(c, 'dispute');
    await endHold(intake, { holdId, ending: 'dispute-upheld', reason: '抄表差错', by: 'head-1' });
  });
  expect(upheld).toEqual(['dispute-upheld']);
});

test('T3.4: a stop reported after its attempt was given up is judged by the notice that was served', async () => {
  const kinds = await reportedLate((c) =>
    bench.tx(async (tx) => {
      await tx.run(`update notices set status = 'stale' where case_id = $1 and kind = 'red'`, [c.caseId]);
      // Money of months ago has nothing to do with it.
      await tx.run(
        `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at, recorded_at)
         select company_id, centre_id, 'old-' || account_id, 'posted', account_id, 100, 'bank', 'feed', '2026-08-01', '2026-08-01'
           from accounts where account_id = $1`,
        [c.accountId],
      );
    }),
  );
  expect(kinds).toEqual([]);
});

test.each([
  ['years ago', '2020-07-05T03:00:00.000Z'],
  ['in years', '2032-07-05T03:00:00.000Z'],
])('L3: a phone whose clock stands %s still puts the light back on by our own clock', async (_, said) => {
  const c = await makeStopCase(bench, 'told');
  await bench.tx((tx) =>
    tx.run(`insert into case_clocks (company_id, account_id, offset_ms) values ($1, $2, $3)`, [
      ...[COMPANY, c.accountId, STOP_AT_MS + 120_000 - Date.now()],
    ]),
  );
  const fact = { ticketId: `ticket/${c.caseId}/1`, permitId: null, crewId: 'crew-1', readingKwh: 1 };
  const { stopId, classification } = await recordExecution(intake, {
    ...fact,
    ...{ meterNo: `meter-${c.accountId}`, proofs: ['p'], method: 'crew', occurredAt: said },
  });
  expect(classification).toBe('wrongful');
  const nowMs = STOP_AT_MS + 180_000;
  const at = { companyId: COMPANY, centreId: 'centre-1', accountId: c.accountId, stopId, nowMs };
  const plan = await beginRestoration(bench.deps)(at);
  expect(plan.deadlineMs).toBeLessThanOrEqual(nowMs + 24 * 3_600_000);
  expect(plan.deadlineMs).toBeGreaterThan(nowMs - 48 * 3_600_000);
  const restored = await recordRestored(intake, {
    ...{ stopId, by: 'crew-1', proof: { kind: 'voltage', voltagePresent: true }, occurredAt: said },
  });
  expect(Math.abs(Date.parse(restored.restoredAt) - nowMs)).toBeLessThan(24 * 3_600_000 * 2);
});
