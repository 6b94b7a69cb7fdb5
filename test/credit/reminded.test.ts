import { afterAll, beforeAll, expect, test } from 'vitest';
import { remindYellow } from '../../activities/credit/prepare-reminders.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { decideObjection } from '../../intake/credit/objections/decide-objection.ts';
import { fileObjection } from '../../intake/credit/objections/file-objection.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { COMPANY, putAccounts, putBills } from './support/books.ts';
import { no, openCustomers, today, type Customers } from './support/customers.ts';

let customers: Customers;
let deps: ActivityDeps;
beforeAll(async () => {
  customers = await openCustomers();
  const { db, vault } = customers.books;
  deps = { db, vault, systems: {}, publicUrl: '' } as unknown as ActivityDeps;
});
afterAll(() => customers?.books.close());

const rows = <R>(sql: string, ...values: unknown[]) => customers.books.tx((tx) => tx.rows<R>(sql, values));
/** As every five minutes of a day. */
const remind = () => remindYellow(deps, { companyId: COMPANY, runId: null, after: '' });
const remindersOf = async (accountId: string) =>
  (
    await rows<{ status: string }>(
      `select status from credit_letters where account_id = $1 and kind = 'colour-reminder' order by letter_id`,
      accountId,
    )
  ).map(({ status }) => status);
const colourOf = async (accountId: string) =>
  (await rows<{ colour: string }>('select colour from credit_standings where account_id = $1', accountId))[0]
    ?.colour;

/** Owes for five days, and was judged because something changed; no run looked at it. */
async function turnedYellow(accountId: string, phone: string | null): Promise<void> {
  await putAccounts(customers.books, [{ accountId }]);
  if (phone !== null)
    await rows(
      'update accounts set phone_enc = $2 where account_id = $1',
      ...[accountId, customers.books.vault.seal(phone)],
    );
  await putBills(customers.books, [{ billId: `${accountId}-1`, accountId, dueOn: addDays(today, -5) }]);
  await customers.judge(accountId);
  expect(await colourOf(accountId)).toBe('yellow');
}
const paid = async (accountId: string, isPaid: boolean) => {
  await rows(
    `update bills set paid_fen = case when $2 then principal_fen else 0 end, settled_on = case when $2 then current_date end
      where account_id = $1`,
    ...[accountId, isPaid],
  );
  await customers.judge(accountId);
};

test('H2: whoever turns yellow between two runs is reminded, once; without a way to write, the reader speaks to them', async () => {
  await turnedYellow('between', '13900000001');
  await turnedYellow('no-phone', null);
  await remind();
  await remind();
  expect(await remindersOf('between')).toEqual(['prepared']);
  expect(await remindersOf('no-phone')).toEqual([]);
  const tasks = await rows(
    `select 1 from tasks where account_id = 'no-phone' and kind = 'credit-colour-reminder' and role = 'reader'`,
  );
  expect(tasks).toHaveLength(1);
  expect(await remindersOf('good')).toEqual([]);
});

test('H2, L5: whoever objects is not reminded meanwhile, and is when the objection was rejected', async () => {
  await turnedYellow('objects', '13900000002');
  const { objectionId } = await fileObjection(customers.intake, {
    ...{ accountNo: no('objects'), scheme: 'colour', words: '已缴', channel: 'counter', by: 'clerk-chen' },
  });
  await remind();
  expect(await remindersOf('objects')).toEqual([]);
  await decideObjection(customers.intake, {
    ...{ objectionId, decision: 'rejected', reason: '未缴', recordIds: [], by: 'manager-sun' },
  });
  await remind();
  expect(await remindersOf('objects')).toEqual(['prepared']);
});

test('H2: a payment that is reversed on the same day makes the reminder due again that was withdrawn in between', async () => {
  await turnedYellow('reversed', '13900000003');
  await remind();
  await paid('reversed', true);
  await rows(`update messages set status = 'withdrawn' where account_id = 'reversed'`);
  await rows(`update credit_letters set status = 'withdrawn' where account_id = 'reversed'`);
  await remind();
  expect(await remindersOf('reversed')).toEqual(['withdrawn']);
  await paid('reversed', false);
  expect(await colourOf('reversed')).toBe('yellow');
  await remind();
  await remind();
  expect(await remindersOf('reversed')).toEqual(['withdrawn', 'prepared']);
});

test('H2: one whose file cannot be opened keeps nobody else from being reminded', async () => {
  await turnedYellow('sealed', '13900000004');
  await rows(`update accounts set name_enc = '\\x00' where account_id = 'sealed'`);
  await turnedYellow('then', '13900000005');
  await remind();
  expect(await remindersOf('then')).toEqual(['prepared']);
  expect(await rows(`select 1 from tasks where account_id = 'sealed' and role = 'reader'`)).toHaveLength(1);
});
