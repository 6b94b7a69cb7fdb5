import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtDowngrade } from '../../activities/credit/look-at-downgrade.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { readReportFacts } from '../../db/credit/read-report-facts.ts';
import { decideDowngrade } from '../../intake/credit/downgrades/decide-downgrade.ts';
import { endHold } from '../../intake/holds/end-hold.ts';
import { setHold } from '../../intake/holds/set-hold.ts';
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
const gradeOf = async (accountId: string) =>
  (await rows<{ grade: string }>('select grade from credit_standings where account_id = $1', accountId))[0]
    ?.grade;
const movesOf = async (accountId: string) =>
  (
    await rows<{ status: string }>(
      `select status from credit_downgrades where account_id = $1 and scheme = 'grade' order by recorded_at`,
      accountId,
    )
  ).map(({ status }) => status);

/** Whoever changed is judged anew, as every few minutes. */
async function minutesLater(accountId: string): Promise<void> {
  const due = 'account_id = $1 and done_at is null';
  const asked = await rows(`select 1 from credit_due where ${due}`, accountId);
  if (asked.length > 0) await customers.judge(accountId);
  await rows(`update credit_due set done_at = now() where ${due}`, accountId);
}
const look = (accountId: string, subjectId: string) =>
  lookAtDowngrade(deps)({
    ...{ companyId: COMPANY, centreId: 'centre-1', accountId, subjectId },
    nowMs: Date.now(),
  });
const dispute = async (accountId: string) =>
  (
    await setHold(customers.intake, {
      ...({ accountNo: no(accountId), kind: 'dispute', about: 'billing' } as const),
      ...{ reason: '表计读数有误', by: 'clerk-chen' },
    })
  ).holdId;
const decide = (holdId: string, ending: 'dispute-upheld' | 'dispute-rejected') =>
  endHold(customers.intake, { holdId, ending, reason: '已核表', by: 'manager-sun' });

async function owing(accountId: string): Promise<void> {
  await putAccounts(customers.books, [{ accountId }]);
  await putBills(customers.books, [{ billId: `${accountId}-1`, accountId, dueOn: addDays(today, -45) }]);
  await customers.judge(accountId);
  expect(await movesOf(accountId)).toEqual(['queued']);
}

/** The move to C was decided and told, and its days to reply are over. */
async function told(accountId: string): Promise<string> {
  await owing(accountId);
  const [move] = await rows<{ id: string }>(
    `select downgrade_id as id from credit_downgrades where account_id = $1 and scheme = 'grade'`,
    accountId,
  );
  const id = move?.id ?? '';
  const decision = { downgradeId: id, decision: 'approve', reason: '欠费属实', by: 'head-qian' } as const;
  await decideDowngrade(customers.intake, decision);
  await rows(
    `update credit_downgrades set status = 'noticed', reply_until = now() - interval '1 hour' where downgrade_id = $1`,
    id,
  );
  return id;
}

test('L5: a move down that was told does not take effect while a person has its debt under dispute', async () => {
  const downgradeId = await told('waits');
  const holdId = await dispute('waits');
  expect(await look('waits', downgradeId)).toMatchObject({ do: 'wait', stage: 'under-dispute' });
  await minutesLater('waits');
  expect(await movesOf('waits')).toEqual(['withdrawn']);
  await decide(holdId, 'dispute-rejected');
  await minutesLater('waits');
  // The debt counts again, and a person decides on it again.
  expect(await movesOf('waits')).toEqual(['withdrawn', 'queued']);
  expect(await gradeOf('waits')).not.toBe('C');
});

test('L5: an upheld dispute undoes the move that its debt had brought, until billing says the bill anew', async () => {
  const downgradeId = await told('harmed');
  await look('harmed', downgradeId);
  expect(await gradeOf('harmed')).toBe('C');
  await decide(await dispute('harmed'), 'dispute-upheld');
  expect(await gradeOf('harmed')).not.toBe('C');
  expect(await movesOf('harmed')).toEqual(['undone']);
  const { measures } = await customers.fileOf('harmed');
  expect(measures.filter(({ givenBy, status }) => givenBy === 'C' && status === 'open')).toEqual([]);
  await minutesLater('harmed');
  expect(await movesOf('harmed')).toEqual(['undone']);
  await rows(
    `update bills set principal_fen = 9000, recorded_at = clock_timestamp() where account_id = 'harmed'`,
  );
  await customers.judge('harmed');
  expect(await movesOf('harmed')).toEqual(['undone', 'queued']);
});

test('L5, K5.3: a bill that billing calls disputed, or states anew, is looked at within minutes', async () => {
  await owing('mirrored');
  await rows(`update bills set disputed = true where account_id = 'mirrored'`);
  await minutesLater('mirrored');
  expect(await movesOf('mirrored')).toEqual(['withdrawn']);
});

test('L6: while a person has the debt under dispute nothing is reported', async () => {
  const isDisputed = async () => {
    const of = { accountId: 'good', kind: 'grade', subjectId: `A/${today}`, basisId: 'none', today } as const;
    const read = await customers.books.tx((tx) => readReportFacts(tx, customers.books.vault, of));
    return read.facts.debtDisputed;
  };
  expect(await isDisputed()).toBe(false);
  const holdId = await dispute('good');
  expect(await isDisputed()).toBe(true);
  await decide(holdId, 'dispute-rejected');
  expect(await isDisputed()).toBe(false);
});
