import { afterAll, beforeAll, expect, test } from 'vitest';
import { gradeChunk } from '../../db/credit/grade-chunk.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { readMonthLines } from '../../db/credit/read-credit-file.ts';
import { recallMonth } from '../../db/credit/recall-month.ts';
import { openRun } from '../../db/credit/runs.ts';
import { readScores } from '../../db/credit/score-chunk.ts';
import { addDays, addMonths, monthEnd, monthStart, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import { COMPANY, openBooks, putAccounts, putBills, putRecord, type Books } from './support/books.ts';

const today = civilDateAt(Date.now());
const lastMonth = monthEnd(addMonths(monthStart(today), -1));

let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books?.close());

const stretch = (accountId: string, asOf: CivilDate) =>
  ({ asOf, knownAt: 'infinity', reach: 'one', after: '', until: accountId }) as const;

const judged = (accountId: string, asOf: CivilDate) =>
  books.tx(async (tx) => {
    const policy = await readCreditPolicy(tx, COMPANY, asOf);
    const at = stretch(accountId, asOf);
    await gradeChunk(tx, {
      ...({ ...at, knowledge: 'now', cause: 'monthly', runId: null } as const),
      ...{ policy, occurredAt: new Date().toISOString() },
    });
    const line = await tx.row<{ grade: string; n: number }>(
      'select grade, n from credit_grades where account_id = $1 and month = $2 order by n desc limit 1',
      [accountId, monthStart(asOf)],
    );
    const [scored] = await readScores(tx, { ...at, policy });
    return { ...line, thefts: scored?.facts.thefts };
  });

const annul = (recordId: string, cause: 'repaired' | 'mistake') =>
  books.tx((tx) =>
    tx.run(
      `insert into credit_annulments (record_id, company_id, centre_id, account_id, cause, reason_enc, annulled_by)
       select record_id, company_id, centre_id, account_id, $2, '', 'tester' from credit_records where record_id = $1`,
      [recordId, cause],
    ),
  );

test('K7, G2.1: a month before the repair keeps what counted in it; what was a mistake never counted', async () => {
  await putAccounts(books, [{ accountId: 'repaired' }, { accountId: 'mistaken' }]);
  for (const [accountId, cause] of [
    ['repaired', 'repaired'],
    ['mistaken', 'mistake'],
  ] as const) {
    const recordId = await putRecord(books, {
      ...{ accountId, kind: 'theft', occurredOn: addDays(today, -200) },
    });
    expect(await judged(accountId, lastMonth)).toEqual({ grade: 'D', n: 1, thefts: 1 });
    await annul(recordId, cause);
  }
  expect(await judged('repaired', lastMonth)).toEqual({ grade: 'D', n: 1, thefts: 1 });
  expect(await judged('repaired', today)).toEqual({ grade: 'B', n: 1, thefts: 0 });
  expect(await judged('mistaken', lastMonth)).toEqual({ grade: 'B', n: 2, thefts: 0 });
});

const recalled = (accountId: string, knownAt: string | null = null) =>
  books.tx((tx) => recallMonth(tx, { companyId: COMPANY, accountId, month: monthStart(lastMonth), knownAt }));

const linesOf = (accountId: string) => books.tx((tx) => readMonthLines(tx, accountId, monthStart(lastMonth)));

/** What billing says of the bill now; the trigger keeps what it said before. */
const rebill = (billId: string, paidFen: number, settledOn: CivilDate | null) =>
  books.tx(async (tx) => {
    await tx.run('update bills set paid_fen = $2 where bill_id = $1', [billId, paidFen]);
    await tx.run('update bills set settled_on = $2 where bill_id = $1', [billId, settledOn]);
  });

const dueOn = addDays(lastMonth, -20);
const PAID_IN_TIME = { paidFen: 10_000, settledOn: addDays(dueOn, -1) };

/** One bill of that month and one of the year before, which makes nobody new; judged when the month was over. */
async function judgedThen(accountId: string, bill: { paidFen: number; settledOn: CivilDate | null }) {
  await putAccounts(books, [{ accountId }]);
  const old = addMonths(dueOn, -14);
  await putBills(books, [
    { billId: `${accountId}-old`, accountId, dueOn: old, paidFen: 10_000, settledOn: addDays(old, -1) },
    { billId: `${accountId}-last`, accountId, dueOn, ...bill },
  ]);
  await judged(accountId, lastMonth);
}

test('G2.1: a payment of that month that was recorded later: unpaid as known then, paid as known now; asking changes nothing', async () => {
  await judgedThen('paid-later', { paidFen: 0, settledOn: null });
  await rebill('paid-later-last', 10_000, PAID_IN_TIME.settledOn);
  const lines = await linesOf('paid-later');
  const { asKnownThen, asKnownNow } = await recalled('paid-later');
  expect(asKnownThen).toMatchObject({
    ...{ grade: 'B', code: 'arrears-within-one-month', watch: true, oldestDays: 20, owedFen: 10_000 },
    ...{ asOf: lastMonth, lateBills: 1, bills: 1 },
  });
  expect(asKnownThen?.why.en).toContain('20 days overdue');
  expect(asKnownNow).toMatchObject({
    grade: 'A',
    code: 'clean-year',
    oldestDays: 0,
    owedFen: 0,
    lateBills: 0,
  });
  expect(asKnownNow?.why.zh).toContain('均在截止日前缴清');
  expect(Date.parse(asKnownThen?.knownAt ?? '')).toBeLessThan(Date.parse(asKnownNow?.knownAt ?? ''));
  expect(await linesOf('paid-later')).toEqual(lines);
  expect(lines).toHaveLength(1);
  // "Then" stays then, also where the month has been counted anew since.
  await judged('paid-later', lastMonth);
  expect((await linesOf('paid-later')).map(({ grade }) => grade)).toEqual(['B', 'A']);
  expect((await recalled('paid-later')).asKnownThen).toEqual(asKnownThen);
});

test('G2.1: a payment that was reversed later: paid as known then, unpaid as known now', async () => {
  await judgedThen('reversed', PAID_IN_TIME);
  await rebill('reversed-last', 0, null);
  const { asKnownThen, asKnownNow } = await recalled('reversed');
  expect(asKnownThen).toMatchObject({ grade: 'A', code: 'clean-year', owedFen: 0 });
  expect(asKnownNow).toMatchObject({ grade: 'B', code: 'arrears-within-one-month', owedFen: 10_000 });
});

test('G2.1: where nothing was recorded later, both are what was said; of an account nobody judged, "then" is the end of the month', async () => {
  await judgedThen('as-before', PAID_IN_TIME);
  const [line] = await linesOf('as-before');
  if (line === undefined) throw new Error('nothing was said');
  const { month: _m, n: _n, cause: _c, recordedAt: _r, ...said } = line;
  const { asKnownThen, asKnownNow } = await recalled('as-before');
  expect(asKnownThen).toMatchObject(said);
  expect(asKnownNow).toMatchObject(said);
  // Before the bills were recorded nothing was known of the customer.
  const early = await recalled('as-before', '2020-01-01T00:00:00Z');
  expect(early.asKnownThen).toMatchObject({ grade: 'B', code: 'new-customer', bills: 0 });

  await putAccounts(books, [{ accountId: 'not-judged' }]);
  await putBills(books, [{ billId: 'not-judged-1', accountId: 'not-judged', dueOn }]);
  const other = await recalled('not-judged');
  expect(Date.parse(other.asKnownThen?.knownAt ?? '')).toBe(epochMsOf(addDays(lastMonth, 1), 0));
  expect(other.asKnownThen).toMatchObject({ code: 'new-customer', bills: 0 });
  expect(other.asKnownNow).toMatchObject({ code: 'arrears-within-one-month', bills: 1 });
});

test('G2.1: an account that had become part of another has no grade of its own', async () => {
  await putAccounts(books, [{ accountId: 'gone' }, { accountId: 'stays' }]);
  await books.tx((tx) =>
    tx.run(
      `insert into account_merges (company_id, centre_id, from_account, into_account, merged_on, reason, merged_by)
       values ($1, 'centre-1', 'gone', 'stays', $2, 'one customer', 'tester')`,
      [COMPANY, lastMonth],
    ),
  );
  const { asKnownThen, asKnownNow } = await recalled('gone');
  // The merger was recorded after the month.
  expect(asKnownThen).toMatchObject({ code: 'new-customer' });
  expect(asKnownNow).toBeNull();
});

test('G2.1: where a run wrote no line of an account, "then" is that run; a dry one says nothing of it', async () => {
  const known = async () => (await recalled('not-judged')).asKnownThen;
  const run = (runId: string, dry: boolean) =>
    books.tx(async (tx) => {
      const policy = await readCreditPolicy(tx, COMPANY, lastMonth);
      const common = { companyId: COMPANY, kind: 'grade', startedBy: 'credit-he' } as const;
      await openRun(tx, { ...common, runId, month: monthStart(lastMonth), asOf: lastMonth, dry, policy });
      await tx.run(
        `update credit_runs set status = 'done', finished_at = clock_timestamp() where run_id = $1`,
        [runId],
      );
    });
  await run('credit-run/dry', true);
  expect(await known()).toMatchObject({ code: 'new-customer', bills: 0 });
  await run('credit-run/done', false);
  const then = await known();
  expect(then).toMatchObject({ code: 'arrears-within-one-month', bills: 1 });
  // Counted anew later, that month has a line; what was known then does not move with it.
  await rebill('not-judged-1', 10_000, addDays(dueOn, -1));
  await judged('not-judged', lastMonth);
  expect(await known()).toEqual(then);
});
