import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideObjection } from '../../intake/credit/objections/decide-objection.ts';
import { fileObjection } from '../../intake/credit/objections/file-objection.ts';
import { civilDate, daysBetween } from '../../rules/calendar/civil-date.ts';
import { no, openCustomers, type Customers } from './support/customers.ts';

let customers: Customers;
beforeAll(async () => {
  customers = await openCustomers();
});
afterAll(() => customers?.books.close());

const offer = async () =>
  (await customers.fileOf('late')).measures.find(({ kind }) => kind === 'prepaid-meter-offer');

test('L5: with two objections at once a measure has rested since the first of them', async () => {
  const { intake, books } = customers;
  await customers.move('late', 'C');
  const before = await offer();
  const file = (scheme: 'grade' | 'colour') =>
    fileObjection(intake, {
      ...{ accountNo: no('late'), scheme, words: '账单早已缴清', channel: 'hotline', by: 'clerk-chen' },
    });
  const first = await file('grade');
  const second = await file('colour');
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  await books.tx(async (tx) => {
    await tx.run(`update credit_standings set objected_at = $1 where account_id = 'late'`, [ago(14)]);
    await tx.run('update credit_objections set occurred_at = $2 where objection_id = $1', [
      first.objectionId,
      ago(14),
    ]);
  });
  const reject = (objectionId: string) =>
    decideObjection(intake, {
      ...{ objectionId, decision: 'rejected', reason: '账单确未缴清', recordIds: [], by: 'manager-sun' },
    });
  await reject(first.objectionId);
  expect(await offer()).toMatchObject({ status: 'suspended', dueOn: before?.dueOn });
  await reject(second.objectionId);
  const after = await offer();
  expect(after?.status).toBe('open');
  expect(daysBetween(civilDate(before!.dueOn), civilDate(after!.dueOn))).toBeGreaterThanOrEqual(14);
  const task = await books.tx((tx) =>
    tx.row<{ due_on: string }>(
      `select (due_at at time zone 'Asia/Shanghai')::date - 1 as due_on from tasks where ref = $1 and done_at is null`,
      [after?.measureId],
    ),
  );
  expect(task?.due_on).toBe(after?.dueOn);
});
