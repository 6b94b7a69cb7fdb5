import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtDowngrade } from '../../activities/credit/look-at-downgrade.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { sendMessage } from '../../activities/outbound/send-message.ts';
import { putMessage } from '../../db/messages/put-message.ts';
import { decideDowngrade } from '../../intake/credit/downgrades/decide-downgrade.ts';
import { endHold } from '../../intake/holds/end-hold.ts';
import { setHold } from '../../intake/holds/set-hold.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { simClient, type SimClient } from '../../sim/client.ts';
import { startSim } from '../../sim/start-sim.ts';
import { twilioSms } from '../../systems/sms/twilio-sms.ts';
import { createTestDatabase } from '../support/database.ts';
import { COMPANY, putAccounts, putBills } from './support/books.ts';
import { no, openCustomers, today, type Customers } from './support/customers.ts';

let customers: Customers;
let deps: ActivityDeps;
let sim: SimClient;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  customers = await openCustomers();
  closers.push(() => customers.books.close());
  const theirs = await createTestDatabase();
  closers.push(() => theirs.drop());
  const district = await startSim({ databaseUrl: theirs.ownerUrl, paceMs: 2, companyId: COMPANY });
  closers.push(() => district.close());
  sim = simClient(district.origin);
  const sms = twilioSms({
    accountSid: district.env['TWILIO_ACCOUNT_SID'] ?? '',
    authToken: district.env['TWILIO_AUTH_TOKEN'] ?? '',
    from: '+8695598',
    origin: district.origin,
  });
  const { db, vault } = customers.books;
  deps = { db, vault, systems: { sms }, publicUrl: district.origin } as unknown as ActivityDeps;
});
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});

const rows = <R>(sql: string, ...values: unknown[]) => customers.books.tx((tx) => tx.rows<R>(sql, values));
const look = (accountId: string, subjectId: string) =>
  lookAtDowngrade(deps)({
    ...{ companyId: COMPANY, centreId: 'centre-1', accountId, subjectId },
    nowMs: Date.now(),
  });
const send = (messageId: string) => sendMessage(deps)({ companyId: COMPANY, messageId });
const carried = async (phone: string) => (await sim.books.messages(phone)).map(({ text }) => text);
const stateOf = async (messageId: string) =>
  (
    await rows<{ message: string; letter: string | null }>(
      `select m.status as message, l.status as letter from messages m left join credit_letters l using (message_id)
        where message_id = $1`,
      messageId,
    )
  )[0];

let phones = 0;
/** Owes since 45 days; the move to C is approved, and its notice is about to leave by SMS. */
async function aboutToBeTold(
  accountId: string,
): Promise<{ phone: string; downgradeId: string; messageId: string }> {
  phones += 1;
  const phone = `1390000${String(phones).padStart(4, '0')}`;
  await putAccounts(customers.books, [{ accountId }]);
  await rows(
    `insert into agreed_addresses (company_id, centre_id, account_id, channel, address_enc, agreed_on)
     values ($1, 'centre-1', $2, 'sms', $3, '2026-01-01')`,
    ...[COMPANY, accountId, customers.books.vault.seal(phone)],
  );
  await putBills(customers.books, [{ billId: `${accountId}-1`, accountId, dueOn: addDays(today, -45) }]);
  await customers.judge(accountId);
  const [move] = await rows<{ id: string }>(
    `select downgrade_id as id from credit_downgrades where account_id = $1 and scheme = 'grade'`,
    accountId,
  );
  const downgradeId = move?.id ?? '';
  await decideDowngrade(customers.intake, {
    ...{ downgradeId, decision: 'approve', reason: '欠费属实', by: 'head-qian' },
  });
  const step = await look(accountId, downgradeId);
  if (step.do !== 'send') throw new Error(JSON.stringify(step));
  return { phone, downgradeId, messageId: step.messageId };
}

async function pays(accountId: string): Promise<void> {
  await rows(
    'update bills set paid_fen = principal_fen, settled_on = current_date where account_id = $1',
    accountId,
  );
  await customers.judge(accountId);
}

test('L7: the notice of a move down that is withdrawn before it leaves does not leave, and nothing is called back', async () => {
  const { phone, downgradeId, messageId } = await aboutToBeTold('pays-first');
  await pays('pays-first');
  await send(messageId);
  expect(await carried(phone)).toEqual([]);
  expect(await stateOf(messageId)).toEqual({ message: 'withdrawn', letter: 'withdrawn' });
  expect(await look('pays-first', downgradeId)).toEqual({ do: 'over', outcome: 'withdrawn' });
});

test('L7: a run that withdraws the move in the very moment is waited for', async () => {
  const { phone, downgradeId, messageId } = await aboutToBeTold('same-moment');
  let sending: Promise<void> | undefined;
  await customers.books.tx(async (tx) => {
    await tx.run(`update credit_downgrades set status = 'withdrawn' where downgrade_id = $1`, [downgradeId]);
    sending = send(messageId);
    for (let waits = false; !waits;) {
      const blocked = await rows(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      waits = blocked.length > 0;
    }
  });
  await sending;
  expect(await carried(phone)).toEqual([]);
  expect((await stateOf(messageId))?.message).toBe('withdrawn');
});

test('L7: whoever may have been told, because the carrier took it and its answer was lost, is called back', async () => {
  const { phone, downgradeId, messageId } = await aboutToBeTold('answer-lost');
  await sim.faults.add({ system: 'carrier', fault: 'drop-after-accept', times: 1 });
  await expect(send(messageId)).rejects.toThrow('carrier');
  await pays('answer-lost');
  await send(messageId);
  const step = await look('answer-lost', downgradeId);
  expect(step).toMatchObject({ do: 'send', stage: 'calling-back' });
  if (step.do === 'send') await send(step.messageId);
  const texts = await carried(phone);
  expect(texts).toHaveLength(2);
  expect(texts.some((text) => text.includes('撤回') || text.includes('不再'))).toBe(true);
  expect(await look('answer-lost', downgradeId)).toEqual({ do: 'over', outcome: 'withdrawn' });
});

test('L5: while the debt is under dispute its notice rests, and leaves when it was rejected and the move still stands', async () => {
  const { phone, messageId } = await aboutToBeTold('disputes');
  const { holdId } = await setHold(customers.intake, {
    ...({ accountNo: no('disputes'), kind: 'dispute', about: 'billing' } as const),
    ...{ reason: '表计读数有误', by: 'clerk-chen' },
  });
  await send(messageId);
  expect(await carried(phone)).toEqual([]);
  expect((await stateOf(messageId))?.message).toBe('prepared');
  await endHold(customers.intake, {
    ...{ holdId, ending: 'dispute-rejected', reason: '已核表', by: 'manager-sun' },
  });
  await send(messageId);
  expect(await carried(phone)).toHaveLength(1);
});

test('H2: a reminder does not reach whoever is yellow no more when its turn comes', async () => {
  await putAccounts(customers.books, [{ accountId: 'was-yellow' }]);
  await rows(
    `insert into credit_standings (account_id, company_id, centre_id, grade, grade_since, grade_month, grade_n, watch, colour, colour_since)
     values ('was-yellow', $1, 'centre-1', 'B', current_date, date_trunc('month', current_date), 0, false, 'yellow', current_date)`,
    COMPANY,
  );
  const messageId = await customers.books.tx((tx) =>
    putMessage(tx, customers.books.vault, {
      ...{ companyId: COMPANY, centreId: 'centre-1', accountId: 'was-yellow', caseId: null, channel: 'sms' },
      ...{
        key: 'letter/colour-reminder/was-yellow',
        purpose: 'credit-colour-reminder',
        address: '13900009999',
      },
      ...{ content: { text: '用电信用为黄色' }, occurredAt: new Date().toISOString() },
    }),
  );
  await rows(`update credit_standings set colour = 'blue' where account_id = 'was-yellow'`);
  await send(messageId);
  expect(await carried('13900009999')).toEqual([]);
  expect((await stateOf(messageId))?.message).toBe('withdrawn');
});
