import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookAtDowngrade } from '../../activities/credit/look-at-downgrade.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { annulRecord } from '../../intake/credit/add-record.ts';
import { decideAdjustment, proposeAdjustment } from '../../intake/credit/adjust-score.ts';
import { decideDowngrade } from '../../intake/credit/downgrades/decide-downgrade.ts';
import { serveLetter } from '../../intake/credit/letters/serve-letter.ts';
import { decideObjection } from '../../intake/credit/objections/decide-objection.ts';
import { fileObjection } from '../../intake/credit/objections/file-objection.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { COMPANY, putAccounts, putBills, putRecord } from './support/books.ts';
import { no, openCustomers, today, type Customers } from './support/customers.ts';

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

test('K8.2, K5.2: an objection to a score that is upheld ends the adjustment which had lowered it, and what rested on it', async () => {
  const accountId = 'lowered';
  await putAccounts(customers.books, [{ accountId }]);
  // Payment 28, conduct 15, safety 20, co-operation 12: 75 are fair, and with 10 points less poor.
  await putBills(customers.books, [{ billId: 'lowered-1', accountId, dueOn: addDays(today, -55) }]);
  await putRecord(customers.books, { accountId, kind: 'violation', occurredOn: addDays(today, -500) });
  await customers.judge(accountId);
  expect(await standing(accountId)).toMatchObject({ scoreGrade: 'fair' });
  const wish = { accountNo: no(accountId), points: -10, reason: '配合差', by: 'clerk-chen' };
  const { adjustmentId } = await proposeAdjustment(customers.intake, wish);
  await decideAdjustment(customers.intake, { adjustmentId, decision: 'accept', by: 'manager-wu' });
  await inForce(accountId);
  expect(await standing(accountId)).toMatchObject({ scoreGrade: 'poor' });
  const { objectionId } = await fileObjection(customers.intake, {
    ...{ accountId, scheme: 'score', words: '并非如此', channel: 'web', by: 'customer' },
  });
  await decideObjection(customers.intake, {
    ...{ objectionId, decision: 'upheld', reason: '调整无据', recordIds: [], by: 'manager-sun' },
  });
  expect(await standing(accountId)).toMatchObject({ scoreGrade: 'fair' });
  const scored = (await movesDown(accountId, 'queued', 'in-force', 'undone')).filter(
    ({ scheme }) => scheme === 'score',
  );
  expect(scored).toMatchObject([{ toValue: 'poor', status: 'undone' }]);
  const adjustment = await customers.books.tx((tx) =>
    tx.row('select status from credit_adjustments where adjustment_id = $1', [adjustmentId]),
  );
  expect(adjustment).toEqual({ status: 'ended' });
});
