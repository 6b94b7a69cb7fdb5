import { afterAll, beforeAll, expect, test } from 'vitest';
import { gradeChunk } from '../../db/credit/grade-chunk.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { readScores } from '../../db/credit/score-chunk.ts';
import { addDays, addMonths, monthEnd, monthStart, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { COMPANY, openBooks, putAccounts, putRecord, type Books } from './support/books.ts';

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
