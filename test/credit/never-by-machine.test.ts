import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookAtDowngrade } from '../../activities/credit/look-at-downgrade.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { annulRecord } from '../../intake/credit/add-record.ts';
import { decideDowngrade } from '../../intake/credit/downgrades/decide-downgrade.ts';
import { serveLetter } from '../../intake/credit/letters/serve-letter.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { COMPANY, putAccounts, putBills, putRecord } from './support/books.ts';
import { openCustomers, today, type Customers } from './support/customers.ts';

const DAY_MS = 86_400_000;
let customers: Customers;
let deps: ActivityDeps;
beforeAll(async () => {
  customers = await openCustomers();
  const { db, vault } = customers.books;
  deps = { db, vault, systems: {}, publicUrl: '' } as unknown as ActivityDeps;
});
afterAll(() => customers?.books.close());

interface Waiting {
  downgradeId: string;
  scheme: string;
  fromValue: string;
  toValue: string;
  status: string;
}
const movesDown = (accountId: string, ...statuses: string[]): Promise<Waiting[]> =>
  customers.books.tx((tx) =>
    tx.rows<Waiting>(
      `select downgrade_id as "downgradeId", scheme, from_value as "fromValue", to_value as "toValue", status
         from credit_downgrades where account_id = $1 and status = any ($2) order by scheme, recorded_at`,
      [accountId, statuses],
    ),
  );

const look = (accountId: string, subjectId: string, nowMs = Date.now()) =>
  lookAtDowngrade(deps)({ companyId: COMPANY, centreId: 'centre-1', accountId, subjectId, nowMs });

/** A person decides, the customer is told with proof, the days to reply pass. */
async function inForce(accountId: string): Promise<void> {
  for (const { downgradeId } of await movesDown(accountId, 'queued')) {
    await decideDowngrade(customers.intake, {
      ...{ downgradeId, decision: 'approve', reason: '属实', by: 'head-qian' },
    });
    await look(accountId, downgradeId);
    await serveLetter(customers.intake, {
      ...{ letterId: `letter/downgrade-notice/${downgradeId}`, servedBy: 'signature', by: 'reader-zhang' },
      proofs: ['a'.repeat(64)],
    });
    await look(accountId, downgradeId);
    expect(await look(accountId, downgradeId, Date.now() + 9 * DAY_MS)).toMatchObject({
      outcome: 'in-force',
    });
  }
}

const standing = async (accountId: string) => (await customers.fileOf(accountId)).standing;

describe('L7: when a wrong record falls, what it had brought down is put back before anything else is said', () => {
  test.each([
    // 45 days owed are C and yellow; 70 are D and red.
    ['owes-45', 45, [['grade', 'B', 'C']], { grade: 'B', colour: 'yellow' }],
    [
      'owes-70',
      70,
      [
        ['colour', 'blue', 'red'],
        ['grade', 'B', 'D'],
      ],
      { grade: 'B', colour: 'blue' },
    ],
  ] as const)('%s: what is still owed waits for a person', async (accountId, days, waits, stands) => {
    await putAccounts(customers.books, [{ accountId }]);
    await putBills(customers.books, [{ billId: `${accountId}-1`, accountId, dueOn: addDays(today, -days) }]);
    const recordId = await putRecord(customers.books, {
      ...{ accountId, kind: 'theft', occurredOn: addDays(today, -100) },
    });
    await customers.judge(accountId);
    await inForce(accountId);
    expect(await standing(accountId)).toMatchObject({ grade: 'D', colour: 'black' });

    await annulRecord(customers.intake, {
      recordId,
      cause: 'mistake',
      reason: '录入错误',
      by: 'manager-sun',
    });
    expect(await standing(accountId)).toMatchObject(stands);
    const queued = (await movesDown(accountId, 'queued')).filter(({ scheme }) => scheme !== 'score');
    expect(queued.map(({ scheme, fromValue, toValue }) => [scheme, fromValue, toValue])).toEqual(waits);
    const file = await customers.fileOf(accountId);
    const open = file.measures.filter(({ status }) => status === 'open');
    expect(open.filter(({ givenBy }) => givenBy === 'D' || givenBy === 'black')).toEqual([]);
    await inForce(accountId);
    const last = Object.fromEntries(waits.map(([scheme, , to]) => [scheme, to]));
    expect(await standing(accountId)).toMatchObject(last);
  });
});
