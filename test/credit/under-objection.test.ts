import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtObjection } from '../../activities/credit/look-at-objection.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { raiseReportRung } from '../../activities/restoration/escalate.ts';
import { claimRight } from '../../intake/credit/measures.ts';
import { checkOutside } from '../../intake/credit/objections/check-outside.ts';
import { decideObjection } from '../../intake/credit/objections/decide-objection.ts';
import { fileObjection } from '../../intake/credit/objections/file-objection.ts';
import { orderByCredit } from '../../intake/credit/orderings.ts';
import { signCommitment } from '../../intake/credit/trusted-lane.ts';
import { endHold } from '../../intake/holds/end-hold.ts';
import { setHold } from '../../intake/holds/set-hold.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
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
const object = (accountId: string, scheme: 'grade' | 'colour' | 'score' = 'grade', outsideCheck = false) =>
  fileObjection(customers.intake, {
    ...{
      accountNo: no(accountId),
      scheme,
      words: '有误',
      channel: 'counter',
      outsideCheck,
      by: 'clerk-chen',
    },
  });
const decide = (objectionId: string, decision: 'upheld' | 'rejected', recordIds: string[] = []) =>
  decideObjection(customers.intake, {
    ...{ objectionId, decision, reason: '已核', recordIds, by: 'manager-sun' },
  });

/** Owes since 45 days: a move to C waits, and the colour is yellow at once. */
async function owing(accountId: string): Promise<void> {
  await putAccounts(customers.books, [{ accountId }]);
  await putBills(customers.books, [{ billId: `${accountId}-1`, accountId, dueOn: addDays(today, -45) }]);
  await customers.judge(accountId);
}

test('L5, H5: under objection the rights, the trusted lane and the orders are those of one whom nobody has judged, everywhere', async () => {
  await owing('objects');
  await rows(`update credit_standings set grade = 'D', colour = 'black' where account_id = 'objects'`);
  const sign = () =>
    signCommitment(customers.intake, {
      ...{ accountNo: no('objects'), application: '增容-9', text: '承诺', proofSha256: 'c'.repeat(64) },
      ...{ signedOn: today, by: 'clerk-xu' },
    });
  const claim = () =>
    claimRight(customers.intake, { accountNo: no('objects'), kind: 'yearly-inspection', by: 'clerk-xu' });
  const rank = async () =>
    (
      await orderByCredit(
        customers.intake,
        { purpose: 'service', candidates: [{ accountNo: no('objects') }] },
        'clerk-chen',
      )
    ).items[0]?.why.zh;
  await expect(sign()).rejects.toMatchObject({ code: 'not-trusted' });
  await expect(claim()).rejects.toMatchObject({ code: 'no-such-right' });
  expect(await rank()).toContain('信用等级 D');
  const ofGrade = async () =>
    (await customers.fileOf('objects')).rights
      .filter(({ scheme }) => scheme === 'grade')
      .map(({ kind }) => kind);
  expect(await ofGrade()).toEqual([]);
  await object('objects');
  expect(await ofGrade()).toContain('yearly-inspection');
  expect(await rank()).toContain('信用等级 B');
  await claim();
  await sign();
});

test('L5: nobody is worse off for objecting, and what is better stays', async () => {
  const before = (await customers.fileOf('good')).rights;
  const { objectionId } = await object('good', 'colour');
  expect((await customers.fileOf('good')).rights).toEqual(before);
  await decide(objectionId, 'rejected');
});

test('L5: upheld has to name what was wrong, else nothing is decided and the harm still waits', async () => {
  await owing('nothing-named');
  const { objectionId } = await object('nothing-named');
  await expect(decide(objectionId, 'upheld')).rejects.toMatchObject({ code: 'upheld-names-no-fact' });
  const strange = await putRecord(customers.books, {
    ...{ accountId: 'thief', kind: 'violation', occurredOn: addDays(today, -9) },
  });
  await expect(decide(objectionId, 'upheld', [strange])).rejects.toMatchObject({ code: 'unknown-record' });
  const stands = await rows(
    `select 1 from credit_objections where objection_id = $1 and decided_at is null`,
    objectionId,
  );
  expect(stands).toHaveLength(1);
  await decide(objectionId, 'rejected');
  // K8.1: what was said and answered is read with the file.
  expect((await customers.fileOf('nothing-named')).objections).toMatchObject([
    { objectionId, words: '有误', decision: '已核', status: 'rejected' },
  ]);
});

test('L5: a bill that was wrong is named by its dispute, and a payment that came to light by the books', async () => {
  await owing('wrong-bill');
  const first = await object('wrong-bill');
  const { holdId } = await setHold(customers.intake, {
    ...({ accountNo: no('wrong-bill'), kind: 'dispute', about: 'billing' } as const),
    ...{ reason: '表计读数有误', by: 'clerk-chen' },
  });
  await endHold(customers.intake, {
    ...{ holdId, ending: 'dispute-upheld', reason: '已核表', by: 'manager-sun' },
  });
  await decide(first.objectionId, 'upheld');
  await owing('paid-before');
  const second = await object('paid-before');
  await rows(
    `update bills set paid_fen = principal_fen, settled_on = due_on where account_id = 'paid-before'`,
  );
  await customers.judge('paid-before');
  await decide(second.objectionId, 'upheld');
  const ended = await rows(
    `select 1 from credit_objections where objection_id = any ($1) and status = 'upheld'`,
    [first.objectionId, second.objectionId],
  );
  expect(ended).toHaveLength(2);
});

test('L5: where somebody outside is asked the clock becomes seven working days, once, before the three are over', async () => {
  await owing('outside');
  const { objectionId, dueAt } = await object('outside');
  const look = (days: number) =>
    lookAtObjection(deps)({
      ...{ companyId: COMPANY, centreId: 'centre-1', accountId: 'outside', subjectId: objectionId },
      nowMs: Date.now() + days * 86_400_000,
    });
  expect(await look(0)).toMatchObject({ stage: 'open', untilMs: Date.parse(dueAt) });
  const longer = await checkOutside(customers.intake, {
    ...{ objectionId, reason: '向法院核实判决是否生效', by: 'manager-sun' },
  });
  expect(Date.parse(longer.dueAt)).toBeGreaterThan(Date.parse(dueAt));
  const whole = await object('late', 'grade', true);
  expect(longer.dueAt).toBe(whole.dueAt);
  expect(await look(0)).toMatchObject({ stage: 'checking', untilMs: Date.parse(longer.dueAt) });
  const again = checkOutside(customers.intake, { objectionId, reason: '再问', by: 'manager-sun' });
  await expect(again).rejects.toMatchObject({ code: 'checked-outside-already' });
  const [task] = await rows<{ due_at: string }>(
    'select due_at from tasks where task_id = $1',
    `task/${objectionId}`,
  );
  expect(new Date(task?.due_at ?? 0).toISOString()).toBe(longer.dueAt);
  // The report of the shorter clock is settled; that of the longer one climbs.
  const rung = (subject: 'objection' | 'objection-outside') =>
    raiseReportRung(deps)({
      ...{ companyId: COMPANY, centreId: 'centre-1', accountId: 'outside', subject, subjectId: objectionId },
      ...{ rung: 1, toRole: 'team-leader', text: 'late', nowMs: Date.now() },
    });
  expect(await rung('objection')).toEqual({ settled: true });
  expect(await rung('objection-outside')).toEqual({ settled: false });
  const overdue = await object('scored');
  await rows(
    `update credit_objections set due_at = now() - interval '1 hour' where objection_id = $1`,
    overdue.objectionId,
  );
  const late = checkOutside(customers.intake, {
    ...{ objectionId: overdue.objectionId, reason: '再问', by: 'manager-sun' },
  });
  await expect(late).rejects.toMatchObject({ code: 'objection-late' });
});
