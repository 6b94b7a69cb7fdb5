import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decidePermit } from '../../activities/case/decide-permit.ts';
import { wholeCompany } from '../../db/database.ts';
import { recordExecution } from '../../intake/crew/record-execution.ts';
import type { Intake } from '../../intake/deps.ts';
import { recordPayment } from '../../intake/payments/record-payment.ts';
import { fc, forAllAsync } from '../support/property.ts';
import { makeStopCase, readBillingJustNow, type StopCase } from './support/stop-case.ts';
import {
  COMPANY,
  MINUTE_MS,
  STOP_AT_MS,
  STOP_DATE,
  openWorkbench,
  type Workbench,
} from './support/workbench.ts';

let bench: Workbench;
let intake: Intake;
beforeAll(async () => {
  bench = await openWorkbench();
  intake = { db: bench.db, vault: bench.deps.vault, scope: wholeCompany(COMPANY) };
});
afterAll(() => bench.close());

type Happening =
  | { kind: 'wait'; minutes: number }
  | { kind: 'ask'; crewId: string; meter: 'right' | 'wrong' }
  | { kind: 'pay'; amountFen: number; status: 'in-flight' | 'posted' }
  | { kind: 'take-back' }
  | { kind: 'bill'; agoSeconds: number }
  | { kind: 'hold' }
  | { kind: 'end-hold' }
  | { kind: 'shield' }
  | { kind: 'lift' }
  | { kind: 'execute' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 14 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      crewId: fc.constantFrom('crew-1', 'crew-1', 'crew-2'),
      meter: fc.constantFrom('right' as const, 'right' as const, 'right' as const, 'wrong' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      amountFen: fc.constantFrom(1, 10_000, 21_000),
      status: fc.constantFrom('in-flight' as const, 'posted' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'take-back' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('bill' as const), agoSeconds: fc.constantFrom(0, 0, 90) }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'hold' as const }, { kind: 'end-hold' as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'shield' as const }, { kind: 'lift' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'execute' as const }) },
);

/** One case on its stop day, and what the crew holds in its hands. */
interface Day {
  c: StopCase;
  nowMs: number;
  permitId: string | null;
  payments: { paymentId: string; amountFen: number }[];
  granted: number;
}

const run = (sql: string, values: unknown[]) => bench.tx((tx) => tx.run(sql, values));

async function ask(day: Day, crewId: string, meter: 'right' | 'wrong'): Promise<void> {
  const { c } = day;
  const before = await standing(c);
  const answer = await decidePermit(bench.deps)({
    ...c.at(day.nowMs),
    ticketId: `ticket/${c.caseId}/1`,
    crewId,
    readMeterNo: meter === 'right' ? `meter-${c.accountId}` : 'meter-next-door',
    inDoubt: false,
  });
  if (answer.outcome !== 'permitted' || answer.permitId === day.permitId) return;
  day.permitId = answer.permitId ?? null;
  day.granted += 1;
  expect({ ...before, meter }).toEqual({
    money: 0,
    holds: 0,
    shields: 0,
    isFresh: true,
    stops: 0,
    meter: 'right',
  });
  expect(day.nowMs).toBeGreaterThanOrEqual(STOP_AT_MS);
  expect(Date.parse(answer.expiresAt ?? '')).toBeLessThanOrEqual(STOP_AT_MS + 60 * MINUTE_MS);
}

/** What stands against a stop now, asked of the tables themselves. */
async function standing(c: StopCase) {
  const row = await bench.tx((tx) =>
    tx.row<{ money: number; holds: number; shields: number; isFresh: boolean; stops: number }>(
      `select (select count(*) from payments p where p.account_id = $1 and p.status <> 'reversed'
                  and not exists (select from payments r where r.payment_id = p.payment_id and r.status = 'reversed')) as money,
              (select count(*) from holds where account_id = $1 and ended_at is null) as holds,
              (select count(*) from shields where account_id = $1 and lifted_at is null) as shields,
              coalesce((select recorded_at > clock_timestamp() - interval '60 seconds' from observations
                         where account_id = $1 order by recorded_at desc limit 1), false) as "isFresh",
              (select count(*) from stops where account_id = $1) as stops`,
      [c.accountId],
    ),
  );
  return row ?? { money: -1, holds: -1, shields: -1, isFresh: false, stops: -1 };
}

async function pay(day: Day, amountFen: number, status: 'in-flight' | 'posted'): Promise<void> {
  const paymentId = `pay-${day.c.accountId}-${day.payments.length}`;
  day.payments.push({ paymentId, amountFen });
  await tell(day, { paymentId, amountFen }, status);
}

const tell = (
  day: Day,
  payment: { paymentId: string; amountFen: number },
  status: 'in-flight' | 'posted' | 'reversed',
) =>
  recordPayment(intake, {
    ...payment,
    status,
    accountId: day.c.accountId,
    source: 'webhook',
    channel: 'wechat',
    occurredAt: new Date(day.nowMs).toISOString(),
    billIds: [],
  });

async function execute(day: Day): Promise<void> {
  if (day.permitId === null) return;
  const isRevoked = await bench.tx((tx) =>
    tx.row(`select 1 from permits where permit_id = $1 and status <> 'granted'`, [day.permitId]),
  );
  const before = await standing(day.c);
  if (before.stops > 0) return;
  const { classification } = await recordExecution(intake, {
    ticketId: `ticket/${day.c.caseId}/1`,
    permitId: day.permitId,
    crewId: 'crew-1',
    meterNo: `meter-${day.c.accountId}`,
    readingKwh: 1,
    proofs: ['p'],
    method: 'crew',
    occurredAt: new Date(day.nowMs).toISOString(),
  });
  if (classification === 'lawful') expect(isRevoked).toBeUndefined();
  if (before.money > 0) expect(classification).not.toBe('lawful');
}

/** The account's own clock stands where the day does: what is stored now is stored at this moment of the case. */
async function setClock(day: Day): Promise<void> {
  await run(
    `insert into case_clocks (company_id, account_id, offset_ms) values ('co-1', $1, $2)
     on conflict (account_id) do update set offset_ms = excluded.offset_ms`,
    [day.c.accountId, Math.round(day.nowMs - Date.now())],
  );
}

async function happen(day: Day, what: Happening): Promise<void> {
  const { accountId } = day.c;
  switch (what.kind) {
    case 'wait':
      day.nowMs += what.minutes * MINUTE_MS;
      return;
    case 'ask':
      return ask(day, what.crewId, what.meter);
    case 'pay':
      return pay(day, what.amountFen, what.status);
    case 'take-back': {
      const last = day.payments.at(-1);
      if (last !== undefined) await tell(day, last, 'reversed');
      return;
    }
    case 'bill':
      return readBillingJustNow(bench, day.c, what.agoSeconds);
    case 'hold':
      await run(
        `insert into holds (hold_id, company_id, centre_id, account_id, kind, reason, set_by, occurred_at)
         values (gen_random_uuid()::text, 'co-1', 'centre-1', $1, 'dispute', 'meter', 'clerk', now())`,
        [accountId],
      );
      return;
    case 'end-hold':
      await run(`update holds set ended_at = now() where account_id = $1 and ended_at is null`, [accountId]);
      return;
    case 'shield':
      await run(
        `insert into shields (company_id, shield_id, account_id, effect, order_no, reason, from_on, to_on, set_by)
         values ('co-1', gen_random_uuid()::text, $1, 'no-stop', 'no', 'exam', $2, $2, 'head')`,
        [accountId, STOP_DATE],
      );
      return;
    case 'lift':
      await run(`update shields set lifted_at = now() where account_id = $1`, [accountId]);
      return;
    case 'execute':
      return execute(day);
  }
}

/** What must hold whatever has happened so far. */
async function expectLaws(c: StopCase): Promise<void> {
  const row = await bench.tx((tx) =>
    tx.row<{ paid_and_permitted: number; live: number; stops: number }>(
      `select (select count(*) from permits p where p.account_id = $1 and p.status = 'granted'
                  and exists (select from payments_standing m where m.account_id = $1)) as paid_and_permitted,
              (select count(*) from permits where account_id = $1 and status in ('granted', 'used')) as live,
              (select count(*) from stops where account_id = $1) as stops`,
      [c.accountId],
    ),
  );
  expect(row?.paid_and_permitted).toBe(0);
  expect(row?.live).toBeLessThanOrEqual(1);
  expect(row?.stops).toBeLessThanOrEqual(1);
}

describe('the stop day, whatever happens on it', () => {
  it('T2.6, T3.4: no permit against money, holds, shields, stale facts or the wrong meter; one live permit, one stop', async () => {
    let granted = 0;
    await forAllAsync(
      [fc.array(happening, { minLength: 4, maxLength: 14 })],
      async (happenings) => {
        const c = await makeStopCase(bench, 'told');
        await readBillingJustNow(bench, c);
        const day: Day = { c, nowMs: STOP_AT_MS, permitId: null, payments: [], granted: 0 };
        for (const what of happenings) {
          day.nowMs += 1_000;
          await setClock(day);
          await happen(day, what);
          await expectLaws(c);
        }
        granted += day.granted;
      },
      40,
    );
    expect(granted).toBeGreaterThan(5);
  });
});
