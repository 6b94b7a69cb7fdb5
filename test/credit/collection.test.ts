import { afterAll, beforeAll, expect, test } from 'vitest';
import { screenAccount } from '../../intake/screening/screen-account.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { firstDunningText } from '../../systems/messages/notices.ts';
import { COMPANY, openBooks, putAccounts, putBills, type Books } from './support/books.ts';

const today = civilDateAt(Date.now());
let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books?.close());

test('R3: a worse grade is reminded earlier, never before the bill is overdue; under objection nobody is', async () => {
  const grades = ['A', 'B', 'C', 'D'] as const;
  await putAccounts(
    books,
    grades.map((accountId) => ({ accountId })),
  );
  const screenAt = async (overdueDays: number, grade: string) => {
    await books.tx((tx) =>
      tx.run(`update bills set due_on = $2 where account_id = $1`, [grade, addDays(today, -overdueDays)]),
    );
    const screened = await books.tx((tx) => screenAccount(tx, books.vault, grade, Date.now()));
    return screened.outcome;
  };
  await putBills(
    books,
    grades.map((accountId) => ({ billId: `b-${accountId}`, accountId, dueOn: today })),
  );
  await books.tx((tx) =>
    tx.run(
      `insert into credit_standings (account_id, company_id, centre_id, grade, grade_since, grade_month, grade_n, watch, colour, colour_since)
       select account_id, $1, 'centre-1', account_id, $2, date_trunc('month', $2::date), 1, false, 'blue', $2 from accounts`,
      [COMPANY, today],
    ),
  );
  const table = [];
  for (const days of [0, 1, 2, 3])
    table.push(await Promise.all(grades.map((grade) => screenAt(days, grade))));
  const [no, yes] = ['refused', 'permitted'];
  expect(table).toEqual([
    [no, no, no, no],
    [no, no, no, yes],
    [no, no, yes, yes],
    [yes, yes, yes, yes],
  ]);
  await books.tx((tx) => tx.run(`update credit_standings set objected_at = now()`));
  expect(await screenAt(1, 'D')).toBe(no);
});

test('R3: the first reminder says the same sum in another tone', () => {
  const facts = {
    ...{ companyName: '清江供电公司', customerName: '张三', accountNo: '320800000001', address: '长江路1号' },
    ...{ meterNo: 'M1', centreName: '城区抄表中心' },
    ...{ bills: [], principalFen: 10_000, lateFeeFen: 0, sumFen: 10_000, asOf: today },
  };
  const texts = (['oversight', 'plain', 'helping'] as const).map((tone) => firstDunningText(facts, tone));
  expect(texts[0]?.zh).toContain('感谢您一直按时缴费');
  expect(texts[2]?.zh).toContain('分期或缓缴');
  for (const text of texts) {
    expect(text.zh).toContain('¥100.00');
    expect(text.zh).not.toMatch(/停电|中止供电/);
  }
});
