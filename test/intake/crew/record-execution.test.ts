import { afterAll, beforeAll, expect, test } from 'vitest';
import { decidePermit } from '../../../activities/case/decide-permit.ts';
import { wholeCompany } from '../../../db/database.ts';
import { listCrewRound } from '../../../db/reads/crew-round.ts';
import { acknowledgeStandDown } from '../../../intake/crew/acknowledge-stand-down.ts';
import { recordExecution } from '../../../intake/crew/record-execution.ts';
import type { Intake } from '../../../intake/deps.ts';
import { setHold } from '../../../intake/holds/set-hold.ts';
import { triggerRestoration } from '../../../intake/restorations/trigger-restoration.ts';
import { recordPayment } from '../../../intake/payments/record-payment.ts';
import { takeAccount } from '../../../intake/take-account.ts';
import { makeStopCase, readBillingJustNow, type StopCase } from '../../activities/support/stop-case.ts';
import { COMPANY, STOP_AT_MS, openWorkbench, type Workbench } from '../../activities/support/workbench.ts';

let bench: Workbench;
let intake: Intake;
beforeAll(async () => {
  bench = await openWorkbench();
  intake = { db: bench.db, vault: bench.deps.vault, scope: wholeCompany(COMPANY) };
});
afterAll(() => bench.close());

async function permitted(): Promise<{ c: StopCase; permitId: string }> {
  const c = await makeStopCase(bench, 'told');
  await readBillingJustNow(bench, c);
  const ticketId = `ticket/${c.caseId}/1`;
  const readMeterNo = `meter-${c.accountId}`;
  const asked = { ...c.at(STOP_AT_MS), ticketId, crewId: 'crew-1', readMeterNo, inDoubt: false };
  const { permitId = '' } = await decidePermit(bench.deps)(asked);
  return { c, permitId };
}

const execute = (c: StopCase, permitId: string | null, meterNo = `meter-${c.accountId}`) =>
  recordExecution(intake, {
    ticketId: `ticket/${c.caseId}/1`,
    permitId,
    crewId: 'crew-1',
    meterNo,
    readingKwh: 1,
    proofs: ['p'],
    method: 'crew',
    occurredAt: new Date(STOP_AT_MS + 60_000).toISOString(),
  });

const rows = (sql: string, c: StopCase) => bench.tx((tx) => tx.rows(sql, [c.accountId]));
const STOPS = 'select 1 from stops where account_id = $1';
const TRIGGERS = 'select 1 from restoration_triggers join stops using (stop_id) where account_id = $1';

test('T2.7: two stops for one ticket are impossible, however many crews report at once', async () => {
  const { c, permitId } = await permitted();
  const answers = await Promise.all(Array.from({ length: 6 }, () => execute(c, permitId)));
  expect(new Set(answers.map((answer) => answer.stopId)).size).toBe(1);
  expect(answers[0]?.classification).toBe('lawful');
  expect(await rows(STOPS, c)).toHaveLength(1);
  await expect(execute(c, null)).rejects.toMatchObject({ code: 'already-executed', status: 409 });
  expect(await rows(STOPS, c)).toHaveLength(1);
});

test('T2.7: a stop without permit or at the wrong meter is stored, is wrongful, and is restored at once', async () => {
  const bare = await makeStopCase(bench, 'told');
  const { c, permitId } = await permitted();
  for (const [one, answer] of [
    [bare, await execute(bare, null)],
    [c, await execute(c, permitId, 'meter-next-door')],
  ] as const) {
    expect(answer.classification).toBe('wrongful');
    expect(await rows(TRIGGERS, one)).toHaveLength(1);
    expect(
      await rows('select 1 from incidents join stops using (stop_id) where account_id = $1', one),
    ).toHaveLength(1);
  }
});

test('L3: no trigger is lost, the same fact triggers once, and all of them name the one restoration', async () => {
  const { c, permitId } = await permitted();
  const { stopId } = await execute(c, permitId);
  const trigger = (factId: string) =>
    intake.db.tx(intake.scope, async (tx) => {
      const account = await takeAccount(tx, { accountId: c.accountId });
      const occurredAt = new Date(STOP_AT_MS + 120_000).toISOString();
      await triggerRestoration(tx, account, { stopId, kind: 'paid', factId, occurredAt });
    });
  await Promise.all(['a', 'b', 'a', 'c', 'b', 'a'].map(trigger));
  expect(await rows(TRIGGERS, c)).toHaveLength(3);
  const started = await rows(
    `select distinct payload -> 'input' ->> 'stopId' as stop from outbox
      where kind = 'start-restore' and payload -> 'input' ->> 'accountId' = $1`,
    c,
  );
  expect(started).toEqual([{ stop: stopId }]);
});

const PAID_AT = new Date(STOP_AT_MS + 120_000).toISOString();
const KINDS = `select t.kind, t.occurred_at as at from restoration_triggers t join stops using (stop_id)
  where account_id = $1 order by t.kind`;

test('L3: whoever paid while the crew had not reported yet is owed the light, from the payment on', async () => {
  const { c, permitId } = await permitted();
  await recordPayment(intake, {
    ...{ source: 'webhook', paymentId: `pay/${c.caseId}`, amountFen: 21_000, channel: 'wechat', billIds: [] },
    ...{ status: 'posted', occurredAt: PAID_AT, accountId: c.accountId },
  });
  expect((await execute(c, permitId)).classification).toBe('lawful');
  const [trigger] = (await rows(KINDS, c)) as { kind: string; at: string }[];
  expect(trigger?.kind).toBe('paid');
  expect(Date.parse(trigger?.at ?? '')).toBe(Date.parse(PAID_AT));
});

test.each(['guarantee', 'authority-order', 'plan', 'deferral', 'protection'])(
  'L3: a %s that came between the stop and its report brings the light back',
  async (kind) => {
    const { c, permitId } = await permitted();
    await bench.tx((tx) =>
      tx.run(
        `insert into holds (hold_id, company_id, centre_id, account_id, kind, reason, set_by, occurred_at)
         values ($1, $2, 'centre-1', $3, $4, 'test', 'clerk', $5)`,
        [`hold/${c.caseId}`, COMPANY, c.accountId, kind, PAID_AT],
      ),
    );
    await execute(c, permitId);
    const triggers = (await rows(KINDS, c)) as { kind: string }[];
    const expected = { deferral: 'plan', protection: 'danger' }[kind] ?? kind;
    expect(triggers.map((one) => one.kind)).toEqual([expected]);
  },
);

test('L3: a hold that is over, a dispute that is open, and a lawful stop that nobody contests bring nothing back', async () => {
  const { c, permitId } = await permitted();
  await bench.tx(async (tx) => {
    for (const [kind, until] of [
      ['plan', new Date(STOP_AT_MS - 60_000).toISOString()],
      ['dispute', null],
      ['part-payment', null],
    ] as const)
      await tx.run(
        `insert into holds (hold_id, company_id, centre_id, account_id, kind, until_at, reason, set_by, occurred_at)
         values ($1, $2, 'centre-1', $3, $4, $5, 'test', 'clerk', $6)`,
        [`hold/${kind}/${c.caseId}`, COMPANY, c.accountId, kind, until, PAID_AT],
      );
  });
  await execute(c, permitId);
  expect(await rows(TRIGGERS, c)).toHaveLength(0);
});

test('T1.2: once a permit was given, a stand-down is acknowledged by the crew that has it and by no other', async () => {
  const { c } = await permitted();
  const ticketId = `ticket/${c.caseId}/1`;
  await setHold(intake, { accountId: c.accountId, kind: 'guarantee', reason: '登记', by: 'leader-1' });
  const ticket = (): Promise<unknown[]> =>
    rows(`select status, crew_id as crew from tickets where account_id = $1 and kind = 'stop'`, c);
  const told = () =>
    bench.tx((tx) =>
      tx.rows(`select 1 from outbox where outbox_key = $1`, [`signal-report/stand-down/${ticketId}`]),
    );
  await expect(acknowledgeStandDown(intake, { ticketId, crewId: 'crew-2' })).rejects.toMatchObject({
    code: 'permit-with-another-crew',
    status: 409,
  });
  expect(await ticket()).toMatchObject([{ status: 'recalled' }]);
  expect(await told()).toEqual([]);
  const seenBy = async (crewId: string, after?: string[]) =>
    (await bench.tx((tx) => listCrewRound(tx, { crewId, after, limit: 200 }))).find(
      (row) => row.ticketId === ticketId,
    );
  expect(await seenBy('crew-2')).toMatchObject({ status: 'recalled', rank: 0, isWithAnotherCrew: true });
  expect(await seenBy('crew-1')).toMatchObject({ status: 'recalled', rank: 0, isWithAnotherCrew: false });
  const { plannedTo = '' } = (await seenBy('crew-1')) ?? {};
  expect(await seenBy('crew-1', ['0', plannedTo, ''])).toBeDefined();
  for (const after of [
    ['0', plannedTo, ticketId],
    ['1', '2020-01-01', ''],
  ])
    expect(await seenBy('crew-1', after)).toBeUndefined();
  await acknowledgeStandDown(intake, { ticketId, crewId: 'crew-1' });
  expect(await ticket()).toEqual([{ status: 'recall-acknowledged', crew: 'crew-1' }]);
  expect(await told()).toHaveLength(1);
});
