import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtDowngrade } from '../../activities/credit/look-at-downgrade.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { decideDowngrade } from '../../intake/credit/downgrades/decide-downgrade.ts';
import { fileObjection } from '../../intake/credit/objections/file-objection.ts';
import { moveStanding } from '../../intake/credit/move-standing.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import type { Scheme, Standing } from '../../rules/credit/scheme.ts';
import { COMPANY, putAccounts, putBills, putRecord } from './support/books.ts';
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

async function owing(accountId: string, days: number): Promise<void> {
  await putAccounts(customers.books, [{ accountId }]);
  await putBills(customers.books, [{ billId: `${accountId}-1`, accountId, dueOn: addDays(today, -days) }]);
}

const pay = (accountId: string) =>
  customers.books.tx((tx) =>
    tx.run('update bills set paid_fen = principal_fen, settled_on = $2 where account_id = $1', [
      accountId,
      today,
    ]),
  );

/** As a person's decision brought them there. */
const stand = (accountId: string, scheme: Scheme, to: Standing) =>
  customers.books.tx(async (tx) =>
    moveStanding(tx, {
      ...{ companyId: COMPANY, centreId: 'centre-1', accountId, scheme, to, onDate: addDays(today, -40) },
      ...{ cause: 'downgrade/test', by: 'credit-he', occurredAt: new Date().toISOString() },
      policy: await readCreditPolicy(tx, COMPANY, today),
    }),
  );

const openMeasures = async (accountId: string, givenBy: Standing) =>
  (await customers.fileOf(accountId)).measures
    .filter((measure) => measure.status === 'open' && measure['givenBy'] === givenBy)
    .map(({ kind }) => kind);
const openTasks = async (accountId: string) =>
  (
    await rows<{ kind: string }>(
      'select kind from tasks where account_id = $1 and done_at is null order by kind',
      accountId,
    )
  ).map(({ kind }) => kind);

test('K6.2: a better score takes the work of the worse one off every list', async () => {
  await putAccounts(customers.books, [{ accountId: 'risen' }]);
  await stand('risen', 'score', 'bad');
  expect(await openTasks('risen')).toContain('credit-legal-action');
  await customers.judge('risen');
  expect((await customers.fileOf('risen')).standing).toMatchObject({ scoreGrade: 'excellent' });
  expect(await openTasks('risen')).toEqual([]);
});

test('L7: a move down that is paid off before it holds takes its notice off the reader’s list, and its workflow hears of it', async () => {
  await owing('paid-off', 45);
  await customers.judge('paid-off');
  const [queued] = await rows<{ id: string }>(
    `select downgrade_id as id from credit_downgrades where account_id = 'paid-off' and scheme = 'grade'`,
  );
  const downgradeId = queued?.id ?? '';
  await decideDowngrade(customers.intake, {
    ...{ downgradeId, decision: 'approve', reason: '属实', by: 'head-qian' },
  });
  await lookAtDowngrade(deps)({
    ...{ companyId: COMPANY, centreId: 'centre-1', accountId: 'paid-off', subjectId: downgradeId },
    nowMs: Date.now(),
  });
  const brings = `task/letter/downgrade-notice/${downgradeId}`;
  const notice = () =>
    rows<{ outcome: string | null }>('select outcome from tasks where task_id = $1', brings);
  expect(await notice()).toEqual([{ outcome: null }]);
  await pay('paid-off');
  await customers.judge('paid-off');
  expect(
    await rows('select status, ended_reason from credit_downgrades where downgrade_id = $1', downgradeId),
  ).toEqual([{ status: 'withdrawn', ended_reason: 'no-longer-due' }]);
  expect(await notice()).toEqual([{ outcome: 'withdrawn' }]);
  expect(
    await rows(
      `select 1 from outbox where kind = 'signal-matter' and payload ->> 'subjectId' = $1 and payload -> 'signal' ->> 'kind' = 'withdrawn'`,
      downgradeId,
    ),
  ).toHaveLength(1);
});

test('G3.C, H2, K6.2: a less bad grade, colour or score that holds at once brings all that it brings', async () => {
  await owing('less-bad', 45);
  await stand('less-bad', 'grade', 'D');
  await customers.judge('less-bad');
  expect((await customers.fileOf('less-bad')).standing).toMatchObject({ grade: 'C' });
  expect(new Set(await openMeasures('less-bad', 'C'))).toEqual(
    new Set(['grade-told', 'prepaid-meter-offer', 'close-inspection']),
  );
  expect(await openTasks('less-bad')).toContain('credit-grade-told');

  await owing('less-black', 70);
  await stand('less-black', 'colour', 'black');
  await customers.judge('less-black');
  expect((await customers.fileOf('less-black')).standing).toMatchObject({ colour: 'red' });
  expect(await openMeasures('less-black', 'red')).toEqual(['colour-letter']);
  expect(await openMeasures('less-black', 'black')).toEqual([]);

  await owing('less-poor', 20);
  await putRecord(customers.books, {
    ...{ accountId: 'less-poor', kind: 'theft', occurredOn: addDays(today, -500) },
  });
  await stand('less-poor', 'score', 'bad');
  await customers.judge('less-poor');
  expect((await customers.fileOf('less-poor')).standing).toMatchObject({ scoreGrade: 'poor' });
  expect(new Set(await openMeasures('less-poor', 'poor'))).toEqual(
    new Set(['half-monthly-payment', 'close-monitoring']),
  );
});

test('L5: what a less bad grade brings rests from its first moment while an objection is undecided', async () => {
  await owing('objects-too', 45);
  await stand('objects-too', 'grade', 'D');
  await fileObjection(customers.intake, {
    ...{ accountNo: no('objects-too'), scheme: 'grade', words: '不认可该等级' },
    ...{ channel: 'counter', by: 'clerk-chen' },
  });
  await customers.judge('objects-too');
  expect((await customers.fileOf('objects-too')).standing).toMatchObject({ grade: 'C' });
  expect(await openMeasures('objects-too', 'C')).toEqual([]);
  expect(await openTasks('objects-too')).not.toContain('credit-grade-told');
});
