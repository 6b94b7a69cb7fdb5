import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeCompany } from '../../../db/database.ts';
import type { Intake } from '../../../intake/deps.ts';
import { endHold } from '../../../intake/holds/end-hold.ts';
import { recordCallAnswer } from '../../../intake/receipts/call-answer.ts';
import { recordIncomingSms } from '../../../intake/receipts/incoming-sms.ts';
import { makeStopCase, type StopCase } from '../../activities/support/stop-case.ts';
import { CENTRE, COMPANY, openWorkbench, type Workbench } from '../../activities/support/workbench.ts';

let bench: Workbench;
let intake: Intake;
beforeAll(async () => {
  bench = await openWorkbench();
  intake = { db: bench.db, vault: bench.deps.vault, scope: wholeCompany(COMPANY) };
});
afterAll(() => bench.close());

let numbers = 0;
/** Accounts that one number pays for. */
async function household(size: number): Promise<{ phone: string; cases: StopCase[] }> {
  numbers += 1;
  const phone = `+861380000${String(numbers).padStart(4, '0')}`;
  const cases: StopCase[] = [];
  for (let i = 0; i < size; i += 1) cases.push(await makeStopCase(bench, 'told'));
  await bench.tx((tx) =>
    tx.run('update accounts set phone_hash = $1 where account_id = any ($2)', [
      bench.deps.vault.hashExact(phone),
      cases.map((c) => c.accountId),
    ]),
  );
  return { phone, cases };
}

async function switchOff(c: StopCase): Promise<string> {
  const stopId = `stop/${c.caseId}/1`;
  await bench.tx(async (tx) => {
    await tx.run(
      `insert into stops (stop_id, company_id, centre_id, account_id, case_id, named_bills, principal_fen, classification, method,
                          meter_no, proof, occurred_at)
       values ($1, $2, $3, $4, $5, '[]', 20000, 'lawful', 'crew', 'm', '{}', now())`,
      [stopId, COMPANY, CENTRE, c.accountId, c.caseId],
    );
    await tx.run(
      `insert into restorations (stop_id, company_id, centre_id, account_id, status, cause_at, promise_at, deadline_at)
       values ($1, $2, $3, $4, 'owed', now(), now(), now() + interval '24 hours')`,
      [stopId, COMPANY, CENTRE, c.accountId],
    );
  });
  return stopId;
}

let sent = 0;
const sms = (phone: string, text: string) => {
  sent += 1;
  return recordIncomingSms(intake, { from: phone, text, providerId: `SM-${sent}` });
};
const rows = <R>(sql: string, values: unknown[]) => bench.tx((tx) => tx.rows<R>(sql, values));
const inForce = async (stopId: string) =>
  (await rows<{ in_force: boolean }>('select in_force from stops where stop_id = $1', [stopId]))[0]?.in_force;
const tasksOf = async (accountId: string) =>
  (
    await rows<{ kind: string }>(
      'select kind from tasks where account_id = $1 and done_at is null order by kind',
      [accountId],
    )
  ).map(({ kind }) => kind);

test('T1.2: "paid" from a number with two accounts holds both, and a person is asked to check each', async () => {
  const { phone, cases } = await household(2);
  expect(await sms(phone, '已缴')).toEqual({ known: true });
  for (const { accountId } of cases) {
    const [hold] = await rows<{ holdId: string }>(
      `select hold_id as "holdId" from holds where account_id = $1 and kind = 'claimed-payment' and ended_at is null`,
      [accountId],
    );
    const [ticket] = await rows<{ status: string }>('select status from tickets where account_id = $1', [
      accountId,
    ]);
    expect(ticket?.status).toBe('recalled');
    expect(await tasksOf(accountId)).toEqual(['check-claim']);
    await endHold(intake, {
      holdId: hold?.holdId ?? '',
      ending: 'claim-checked',
      reason: '系统内无此笔缴费',
      by: 'clerk-1',
    });
    expect(await tasksOf(accountId)).toEqual([]);
  }
});

test('T3.3: "the light is on" closes the one stop that can be meant, a question or a second stop closes none', async () => {
  const one = await household(1);
  const [c] = one.cases;
  const stopId = await switchOff(c as StopCase);
  await sms(one.phone, '灯什么时候亮了？');
  expect(await inForce(stopId)).toBe(true);
  expect(await tasksOf(c?.accountId ?? '')).toContain('still-dark');
  await sms(one.phone, '灯亮了');
  expect(await inForce(stopId)).toBe(false);

  const two = await household(2);
  const stops = [];
  for (const other of two.cases) stops.push(await switchOff(other));
  await sms(two.phone, '灯亮了');
  expect(await Promise.all(stops.map(inForce))).toEqual([true, true]);
});

test('T3.3: "still dark" after the books say that supply is back reaches a person', async () => {
  const { phone, cases } = await household(1);
  const [c] = cases;
  const stopId = await switchOff(c as StopCase);
  await sms(phone, '灯亮了');
  expect(await inForce(stopId)).toBe(false);
  expect(await tasksOf(c?.accountId ?? '')).not.toContain('still-dark');
  await sms(phone, '没亮');
  expect(await tasksOf(c?.accountId ?? '')).toContain('still-dark');
});

test('T3.3: who says at the safety call that it is dangerous is heard, and has not confirmed anything', async () => {
  const { cases } = await household(1);
  const [c] = cases;
  const accountId = c?.accountId ?? '';
  const stopId = await switchOff(c as StopCase);
  await bench.tx((tx) =>
    tx.run(
      `insert into messages (message_id, company_id, centre_id, account_id, case_id, message_key, channel, purpose, address_enc,
                             text_enc, status, occurred_at)
       values ($1, $2, $3, $4, $5, $6, 'call', 'safety-call', $7, $7, 'sent', now())`,
      [
        `safety-${accountId}`,
        COMPANY,
        CENTRE,
        accountId,
        c?.caseId,
        `${stopId}/safety-call`,
        Buffer.from('x'),
      ],
    ),
  );
  expect(await recordCallAnswer(intake, { messageId: `safety-${accountId}`, digits: '2' })).toEqual({
    purpose: 'safety-call',
  });
  const [found] = await rows<{ danger: boolean; confirmed: boolean }>(
    `select safety_danger_at is not null as danger, safety_confirmed_at is not null as confirmed
       from restorations where stop_id = $1`,
    [stopId],
  );
  expect(found).toEqual({ danger: true, confirmed: false });
  expect(await tasksOf(accountId)).toContain('unsafe-to-restore');
});
