import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtDowngrade } from '../../activities/credit/look-at-downgrade.ts';
import { lookAtExport } from '../../activities/credit/look-at-export.ts';
import { prepareLetters } from '../../activities/credit/prepare-letters.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { gradeChunk } from '../../db/credit/grade-chunk.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { annulRecord } from '../../intake/credit/add-record.ts';
import { decideDowngrade } from '../../intake/credit/downgrades/decide-downgrade.ts';
import { proposeExport } from '../../intake/credit/exports/propose-export.ts';
import { serveLetter } from '../../intake/credit/letters/serve-letter.ts';
import { claimRight } from '../../intake/credit/measures.ts';
import { decideObjection } from '../../intake/credit/objections/decide-objection.ts';
import { fileObjection } from '../../intake/credit/objections/file-objection.ts';
import { orderByCredit } from '../../intake/credit/orderings.ts';
import { setIdentity } from '../../intake/credit/set-identity.ts';
import { addDays, addMonths, monthEnd, monthStart } from '../../rules/calendar/civil-date.ts';
import { fc, forAllAsync } from '../support/property.ts';
import { COMPANY, putAccounts, putBills, putRecord } from './support/books.ts';
import { no, openCustomers, today, type Customers } from './support/customers.ts';

const DAY_MS = 86_400_000;
let customers: Customers;
let deps: ActivityDeps;
beforeAll(async () => {
  customers = await openCustomers();
  const { db, vault } = customers.books;
  deps = { db, vault, systems: {}, publicUrl: '' } as unknown as ActivityDeps;
  await db.tx(customers.intake.scope, (tx) =>
    tx.run(
      `insert into legal_bases (company_id, basis_id, measure, document, article, valid_from, recorded_by, signed_by, signed_at)
       values ($1, 'basis/platform', 'platform-report', '公共信用信息管理办法', '十二', '2026-01-01', 'credit-he', 'manager-sun', now())`,
      [COMPANY],
    ),
  );
});
afterAll(() => customers?.books.close());

const rows = <R>(sql: string, ...values: unknown[]) => customers.books.tx((tx) => tx.rows<R>(sql, values));

/** How far the harm went before the customer objected. */
interface Harm {
  readonly paidLate: boolean;
  /** Owes 45 days besides: what is left to say once the record fell is a move of its own (L7). */
  readonly owes: boolean;
  readonly kind: 'theft' | 'violation';
  readonly daysAgo: number;
  readonly isFirm: boolean;
  /** The right that the good grade gave was taken up. */
  readonly tookUp: boolean;
  /** The month before was judged with the record in it. */
  readonly judgedBefore: boolean;
  /** Of each scheme that waits: 0 nothing, 1 approved, 2 told, 3 in force. */
  readonly reach: readonly number[];
  readonly lettersWritten: boolean;
  readonly reported: boolean;
}

const HARMS = fc.record<Harm>({
  paidLate: fc.boolean(),
  owes: fc.boolean(),
  kind: fc.constantFrom('theft', 'violation'),
  daysAgo: fc.integer({ min: 40, max: 900 }),
  isFirm: fc.boolean(),
  tookUp: fc.boolean(),
  judgedBefore: fc.boolean(),
  reach: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
  lettersWritten: fc.boolean(),
  reported: fc.boolean(),
});

const lastMonth = monthEnd(addMonths(monthStart(today), -1));

async function newCustomer(accountId: string, harm: Harm): Promise<void> {
  const { books, intake } = customers;
  await putAccounts(books, [{ accountId }]);
  await putBills(
    books,
    Array.from({ length: 16 }, (_, m) => {
      const dueOn = addMonths(addDays(today, -20), -m);
      const settledOn = addDays(dueOn, harm.paidLate && m === 3 ? 9 : -2);
      return { billId: `${accountId}-${m}`, accountId, dueOn, paidFen: 10_000, settledOn };
    }),
  );
  if (harm.owes)
    await putBills(books, [{ billId: `${accountId}-owed`, accountId, dueOn: addDays(today, -45) }]);
  if (harm.isFirm)
    await setIdentity(intake, {
      ...{ accountNo: no(accountId), partyKind: 'firm', verified: true, source: 'own', reason: 'test' },
      identity: { legalName: '淮阴测试有限公司', socialCreditCode: '91350100M000100Y43' },
      by: 'credit-he',
    });
  await judgeMonth(accountId);
  await customers.judge(accountId);
  if (harm.tookUp && !harm.paidLate)
    await claimRight(intake, { accountNo: no(accountId), kind: 'yearly-inspection', by: 'clerk-xu' });
}

/** As the monthly run judged the month that is over. */
const judgeMonth = (accountId: string) =>
  customers.books.tx(async (tx) =>
    gradeChunk(tx, {
      ...({ asOf: lastMonth, knowledge: 'now', reach: 'one', after: '', until: accountId } as const),
      ...({ knownAt: 'infinity', cause: 'monthly', runId: null } as const),
      policy: await readCreditPolicy(tx, COMPANY, lastMonth),
      occurredAt: new Date().toISOString(),
    }),
  );

/** Everything that anybody would notice of a customer's credit: file, entitlements, queues, orderings, reports, work, letters that would leave. */
async function seen(accountId: string) {
  const file = await customers.fileOf(accountId);
  const others = [{ accountNo: no(accountId) }, { accountNo: no('good') }, { accountNo: no('new') }];
  const places = async (purpose: 'service' | 'dunning') =>
    (await orderByCredit(customers.intake, { purpose, candidates: others }, 'clerk-chen')).items.map(
      ({ id, why }) => [id, why.zh],
    );
  const open = ['open', 'accepted', 'suspended'];
  return {
    standing: file.standing,
    rights: file.rights,
    grades: file.grades.map(({ month, grade, code, colour, why }) => [month, grade, code, colour, why.zh]),
    score: [file.scores[0]?.finalCenti, file.scores[0]?.scoreGrade],
    counted: file.records.filter(({ counts }) => counts).map(({ recordId }) => recordId),
    measures: file.measures
      .filter(({ status }) => open.includes(status))
      .map(({ measureId, status, dueOn, kind, givenBy }) => [measureId, status, dueOn, kind, givenBy]),
    // What is owed waits for a person as it did, if under another number.
    queue: (file.downgrades as { scheme: string; from: string; to: string; code: string; status: string }[])
      .filter(({ status }) => ['queued', 'approved', 'noticed', 'in-force'].includes(status))
      .map(({ scheme, from, to, code, status }) => [scheme, from, to, code, status].join(' '))
      .toSorted((a, b) => (a < b ? -1 : 1)),
    exports: (file.exports as { status: string }[]).filter(({ status }) => status !== 'withdrawn'),
    tasks: await rows(
      // The letter that takes back what was told is the record of the correction.
      `select kind, ref from tasks where account_id = $1 and done_at is null and task_id not like 'task/letter/correction/%' order by kind, ref`,
      accountId,
    ),
    unsent: await rows(
      `select purpose from messages w where account_id = $1 and status = 'prepared' and purpose like 'credit-%'
          and not exists (select from credit_letters l join credit_measures m on m.measure_id = l.subject_id
                           where l.message_id = w.message_id and m.status not in ('open', 'done'))`,
      accountId,
    ),
    service: await places('service'),
    dunning: await places('dunning'),
  };
}

const moment = (accountId: string, subjectId: string, nowMs: number) => ({
  ...{ companyId: COMPANY, centreId: 'centre-1', accountId, subjectId, nowMs },
});

async function serve(letterId: string): Promise<void> {
  const proofs = ['a'.repeat(64)];
  await serveLetter(customers.intake, { letterId, servedBy: 'signature', proofs, by: 'reader-zhang' });
}

/** Takes one waiting move as far as the harm went. */
async function carryOn(accountId: string, downgradeId: string, reach: number): Promise<void> {
  if (reach === 0) return;
  const look = (nowMs: number) => lookAtDowngrade(deps)(moment(accountId, downgradeId, nowMs));
  await decideDowngrade(customers.intake, {
    ...{ downgradeId, decision: 'approve', reason: '属实', by: 'head-qian' },
  });
  await look(Date.now());
  if (reach === 1) return;
  await serve(`letter/downgrade-notice/${downgradeId}`);
  await look(Date.now());
  if (reach === 3) expect(await look(Date.now() + 9 * DAY_MS)).toMatchObject({ outcome: 'in-force' });
}

async function harmOf(accountId: string, harm: Harm): Promise<string> {
  const { books, intake } = customers;
  const occurredOn = addDays(today, -harm.daysAgo);
  const recordId = await putRecord(books, { accountId, kind: harm.kind, occurredOn });
  if (harm.judgedBefore) await judgeMonth(accountId);
  await customers.judge(accountId);
  const queue = await rows<{ downgrade_id: string }>(
    `select downgrade_id from credit_downgrades where account_id = $1 and status = 'queued' order by scheme`,
    accountId,
  );
  expect(queue.length).toBeGreaterThan(0);
  for (const [at, { downgrade_id: id }] of queue.entries()) await carryOn(accountId, id, harm.reach[at] ?? 0);
  if (harm.lettersWritten) await prepareLetters(deps, { companyId: COMPANY });
  if (harm.isFirm && harm.reported) {
    const wish = { accountNo: no(accountId), kind: 'record' as const, subjectId: recordId };
    const { exportId } = await proposeExport(intake, { ...wish, basisId: 'basis/platform', by: 'credit-he' });
    if (exportId === null) throw new Error('the report was not proposed');
    await lookAtExport(deps)(moment(accountId, exportId, Date.now()));
  }
  return recordId;
}

/** The workflows of what was taken back look once more. */
async function matters(accountId: string): Promise<void> {
  const told = await rows<{ id: string }>(
    `select downgrade_id as id from credit_downgrades where account_id = $1 and decided_at is not null`,
    accountId,
  );
  for (const { id } of told) await lookAtDowngrade(deps)(moment(accountId, id, Date.now()));
  for (const { id } of await rows<{ id: string }>(
    'select export_id as id from credit_exports where account_id = $1',
    accountId,
  ))
    await lookAtExport(deps)(moment(accountId, id, Date.now()));
}

test('L5, K8.2: an upheld objection leaves no trace of harm: file, grade, rights, work, queue, orderings and reports are as if nothing had been', async () => {
  await forAllAsync(
    [HARMS],
    async (harm) => {
      const accountId = `harmed-${randomUUID()}`;
      await newCustomer(accountId, harm);
      const before = await seen(accountId);
      const recordId = await harmOf(accountId, harm);
      const { objectionId } = await fileObjection(customers.intake, {
        ...{ accountId, scheme: 'record', subjectId: recordId, words: '不是我们' },
        ...{ channel: 'web', by: 'customer' },
      });
      await decideObjection(customers.intake, {
        ...{ objectionId, decision: 'upheld', reason: '张冠李戴', recordIds: [], by: 'manager-sun' },
      });
      await matters(accountId);
      expect(await seen(accountId)).toEqual(before);
      // The correction itself is on record.
      const file = await customers.fileOf(accountId);
      expect(file.records.map(({ annulledFor }) => annulledFor)).toEqual(['objection-upheld']);
      expect(file.objections).toMatchObject([{ objectionId, status: 'upheld' }]);
    },
    5,
  );
});

test.each([false, true])(
  'a record that is annulled as a mistake, without any objection, does as much; owes: %s',
  async (owes) => {
    const accountId = `mistaken-${owes}`;
    const harm: Harm = {
      ...{ paidLate: false, owes, daysAgo: 100, isFirm: false, tookUp: true, judgedBefore: true },
      kind: 'theft',
      ...{ reach: [3, 3, 3], lettersWritten: true, reported: false },
    };
    await newCustomer(accountId, harm);
    const before = await seen(accountId);
    const recordId = await harmOf(accountId, harm);
    await annulRecord(customers.intake, {
      recordId,
      cause: 'mistake',
      reason: '录入错误',
      by: 'manager-sun',
    });
    await matters(accountId);
    expect(await seen(accountId)).toEqual(before);
  },
);
