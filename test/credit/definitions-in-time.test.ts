import { afterAll, beforeAll, expect, test } from 'vitest';
import { gradeChunk } from '../../db/credit/grade-chunk.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { readScores, scoreChunk } from '../../db/credit/score-chunk.ts';
import { openRun } from '../../db/credit/runs.ts';
import { addDays, addMonths, monthEnd, monthStart } from '../../rules/calendar/civil-date.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import { COMPANY, putAccounts, putBills } from './support/books.ts';
import { openCustomers, today, type Customers } from './support/customers.ts';

let customers: Customers;
let policy: CreditPolicy;
beforeAll(async () => {
  customers = await openCustomers();
  policy = await customers.books.tx((tx) => readCreditPolicy(tx, COMPANY, today));
});
afterAll(() => customers?.books.close());

const rows = <R>(sql: string, ...values: unknown[]) => customers.books.tx((tx) => tx.rows<R>(sql, values));
const chunkOf = (accountId: string, of: CreditPolicy) => ({
  ...{ asOf: today, knownAt: 'infinity', after: '', until: accountId, policy: of },
  ...({ reach: 'one' } as const),
  ...({ cause: 'yearly' } as const),
  ...{ runId: null, occurredAt: new Date().toISOString() },
});

test('K5.1, G1.gap: arrears under an agreed plan rest in the score where, and only where, the definitions say so', async () => {
  await putAccounts(customers.books, [{ accountId: 'planned' }]);
  await putBills(customers.books, [
    { billId: 'planned-1', accountId: 'planned', dueOn: addDays(today, -45) },
  ]);
  await rows(
    `insert into holds (hold_id, company_id, centre_id, account_id, kind, reason, set_by, occurred_at)
     values ('hold/planned', $1, 'centre-1', 'planned', 'plan', '分期', 'clerk-chen', now() - interval '2 days')`,
    COMPANY,
  );
  const oldestDays = (deferralRests: 0 | 1) =>
    customers.books.tx(async (tx) => {
      const of = { ...policy, grade: { ...policy.grade, deferralRests } };
      return (await readScores(tx, chunkOf('planned', of)))[0]?.facts.oldestDays;
    });
  expect(await oldestDays(1)).toBe(0);
  expect(await oldestDays(0)).toBe(45);
});

test('K3: a past month is told in the words of the definitions of that month, whatever was published since', async () => {
  const lastMonth = monthEnd(addMonths(monthStart(today), -1));
  await putAccounts(customers.books, [{ accountId: 'worded' }]);
  await putBills(customers.books, [
    { billId: 'worded-1', accountId: 'worded', dueOn: addDays(lastMonth, -45) },
  ]);
  await customers.books.tx(async (tx) =>
    gradeChunk(tx, {
      ...({ asOf: lastMonth, knowledge: 'now', reach: 'one', after: '', until: 'worded' } as const),
      ...({ knownAt: 'infinity', cause: 'monthly', runId: null } as const),
      policy: await readCreditPolicy(tx, COMPANY, lastMonth),
      occurredAt: new Date().toISOString(),
    }),
  );
  await rows(
    `insert into credit_policies (company_id, version, valid_from, body, published_by)
     values ($1, 'stricter', $2, '{"grade": {"oneMonthDays": 40}}', 'manager-sun')`,
    ...[COMPANY, monthStart(today)],
  );
  const why = (await customers.fileOf('worded')).grades[0]?.why.zh;
  expect(why).toContain('超过 30 天');
});

test('K5.3: a dry run of scores keeps who would move and from which indicators, and moves nobody', async () => {
  await putAccounts(customers.books, [{ accountId: 'dry' }]);
  await putBills(customers.books, [{ billId: 'dry-1', accountId: 'dry', dueOn: addDays(today, -45) }]);
  const runId = 'credit-run/dry-scores';
  await customers.books.tx((tx) =>
    openRun(tx, {
      ...{
        runId,
        companyId: COMPANY,
        kind: 'score',
        month: monthStart(today),
        asOf: today,
        dry: true,
        policy,
      },
      startedBy: 'credit-he',
    }),
  );
  const counts = await customers.books.tx((tx) =>
    scoreChunk(tx, { ...chunkOf('dry', policy), runId, dry: true }),
  );
  expect(counts).toMatchObject({ accounts: 1, written: 0 });
  const kept = await rows<{
    from_grade: string | null;
    to_grade: string;
    indicators: { indicator: string }[];
  }>('select from_grade, to_grade, indicators from credit_dry_scores where run_id = $1', runId);
  expect(kept).toMatchObject([{ from_grade: null }]);
  expect(kept[0]?.indicators.map(({ indicator }) => indicator)).toContain('payment');
  expect(await rows(`select 1 from credit_scores where account_id = 'dry'`)).toEqual([]);
});
