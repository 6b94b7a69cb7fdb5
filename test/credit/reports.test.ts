import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtExport } from '../../activities/credit/look-at-export.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { platformActs } from '../../activities/credit/platform.ts';
import { approveExport } from '../../intake/credit/exports/approve-export.ts';
import { proposeExport } from '../../intake/credit/exports/propose-export.ts';
import { withdrawExport } from '../../intake/credit/exports/withdraw-export.ts';
import { decideObjection } from '../../intake/credit/objections/decide-objection.ts';
import { fileObjection } from '../../intake/credit/objections/file-objection.ts';
import { setIdentity } from '../../intake/credit/set-identity.ts';
import { settleCommitment, signCommitment } from '../../intake/credit/trusted-lane.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { simClient, type SimClient } from '../../sim/client.ts';
import { startSim } from '../../sim/start-sim.ts';
import { httpCreditPlatform } from '../../systems/credit-platform/http-credit-platform.ts';
import { createTestDatabase } from '../support/database.ts';
import { COMPANY, putAccounts, putRecord } from './support/books.ts';
import { no, openCustomers, today, type Customers } from './support/customers.ts';

let customers: Customers;
let deps: ActivityDeps;
let sim: SimClient;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  customers = await openCustomers();
  closers.push(() => customers.books.close());
  const theirs = await createTestDatabase();
  closers.push(() => theirs.drop());
  const district = await startSim({ databaseUrl: theirs.ownerUrl, paceMs: 2, companyId: COMPANY });
  closers.push(() => district.close());
  sim = simClient(district.origin);
  const creditPlatform = httpCreditPlatform({
    baseUrl: district.env['CREDIT_PLATFORM_URL'] ?? '',
    token: district.env['CREDIT_PLATFORM_TOKEN'] ?? '',
  });
  const { db, vault } = customers.books;
  deps = { db, vault, systems: { creditPlatform }, publicUrl: '' } as unknown as ActivityDeps;
  await rows(
    `insert into legal_bases (company_id, basis_id, measure, document, article, valid_from, recorded_by, signed_by, signed_at)
     values ($1, 'basis/platform', 'platform-report', '公共信用信息管理办法', '十二', '2026-01-01', 'credit-he', 'manager-sun', now())`,
    COMPANY,
  );
});
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});

const rows = <R>(sql: string, ...values: unknown[]) => customers.books.tx((tx) => tx.rows<R>(sql, values));
const at = (accountId: string, exportId: string, days = 0) => ({
  ...{ companyId: COMPANY, centreId: 'centre-1', accountId, subjectId: exportId, exportId },
  nowMs: Date.now() + days * 86_400_000,
});
const look = (accountId: string, exportId: string, days = 0) =>
  lookAtExport(deps)(at(accountId, exportId, days));
const heldOf = async (exportId: string) =>
  (await sim.books.creditRecords()).filter(({ record }) => record.recordKey === exportId);
const statusOf = async (exportId: string) =>
  (
    await rows<{ status: string; withdraw_reason: string | null }>(
      'select status, withdraw_reason from credit_exports where export_id = $1',
      exportId,
    )
  )[0];

const identity = (accountId: string, partyKind: 'firm' | 'person', verified = true) =>
  setIdentity(customers.intake, {
    ...{ accountNo: no(accountId), partyKind, verified, source: 'own', reason: 'test' },
    identity: { legalName: '淮阴测试有限公司', socialCreditCode: '91350100M000100Y43' },
    by: 'credit-he',
  });

async function propose(
  accountId: string,
  subject: { kind: 'record' | 'commitment'; subjectId: string },
): Promise<string> {
  const { exportId, reasons } = await proposeExport(customers.intake, {
    ...{ accountNo: no(accountId), ...subject, basisId: 'basis/platform', by: 'credit-he' },
  });
  if (exportId === null) throw new Error(JSON.stringify(reasons));
  return exportId;
}

/** Told with proof, the days over, signed by a second person. */
async function sign(accountId: string, exportId: string): Promise<void> {
  await look(accountId, exportId);
  await rows(
    `update credit_letters set status = 'served', served_at = now() - interval '30 days'
      where letter_id = (select letter_id from credit_exports where export_id = $1)`,
    exportId,
  );
  await rows(
    `update credit_exports set status = 'noticed', notice_until = now() - interval '3 days' where export_id = $1`,
    exportId,
  );
  await approveExport(customers.intake, { exportId, by: 'manager-sun' });
}

/** A firm with an established violation, whose report is signed. */
async function signed(accountId: string): Promise<{ recordId: string; exportId: string }> {
  await putAccounts(customers.books, [{ accountId }]);
  await identity(accountId, 'firm');
  const recordId = await putRecord(customers.books, {
    ...{ accountId, kind: 'violation', occurredOn: addDays(today, -20) },
  });
  const exportId = await propose(accountId, { kind: 'record', subjectId: recordId });
  await sign(accountId, exportId);
  return { recordId, exportId };
}

async function acknowledged(accountId: string): Promise<{ recordId: string; exportId: string }> {
  const one = await signed(accountId);
  await platformActs(deps).reportToPlatform(at(accountId, one.exportId));
  await platformActs(deps).askPlatform(at(accountId, one.exportId));
  expect((await statusOf(one.exportId))?.status).toBe('acknowledged');
  return one;
}

const loseTheAnswer = () =>
  sim.faults.add({ system: 'credit-platform', fault: 'drop-after-accept', times: 1 });

test('H4: a report whose answer was lost is looked for by its key before it counts as taken back', async () => {
  const { exportId } = await signed('lost');
  await loseTheAnswer();
  await expect(platformActs(deps).reportToPlatform(at('lost', exportId))).rejects.toThrow('credit-platform');
  expect(await heldOf(exportId)).toMatchObject([{ state: 'accepted' }]);
  await withdrawExport(customers.intake, { exportId, reason: 'mistake', by: 'manager-sun' });
  expect(await look('lost', exportId)).toMatchObject({ do: 'take-back' });
  await platformActs(deps).takeBackFromPlatform(at('lost', exportId));
  expect(await heldOf(exportId)).toMatchObject([{ state: 'withdrawn', withdrawnWhy: 'mistake' }]);
  expect((await statusOf(exportId))?.status).toBe('withdrawn');
});

test('H4: what was sent and never came is taken back without the platform', async () => {
  const { exportId } = await signed('never-came');
  await sim.faults.add({ system: 'credit-platform', fault: '500', times: 1 });
  await expect(platformActs(deps).reportToPlatform(at('never-came', exportId))).rejects.toThrow(
    'credit-platform',
  );
  await withdrawExport(customers.intake, { exportId, reason: 'mistake', by: 'manager-sun' });
  await platformActs(deps).takeBackFromPlatform(at('never-came', exportId));
  expect((await statusOf(exportId))?.status).toBe('withdrawn');
  expect(await heldOf(exportId)).toEqual([]);
});

test('L6, H4: whoever turns out to be a person while the answer is under way is taken back', async () => {
  const { exportId } = await signed('person');
  await loseTheAnswer();
  await expect(platformActs(deps).reportToPlatform(at('person', exportId))).rejects.toThrow(
    'credit-platform',
  );
  await identity('person', 'person');
  await platformActs(deps).reportToPlatform(at('person', exportId));
  expect(await look('person', exportId)).toMatchObject({ do: 'take-back' });
  await platformActs(deps).takeBackFromPlatform(at('person', exportId));
  expect(await heldOf(exportId)).toMatchObject([{ state: 'withdrawn' }]);
});

test('L5, H4: an objection takes a report back that the platform has, and it can be proposed anew when that was rejected', async () => {
  const { recordId, exportId } = await acknowledged('objects');
  const subject = { kind: 'record', subjectId: recordId } as const;
  expect(await propose('objects', subject)).toBe(exportId);
  const { objectionId } = await fileObjection(customers.intake, {
    ...{ accountNo: no('objects'), scheme: 'record', subjectId: recordId, words: '并非我单位' },
    ...{ channel: 'counter', by: 'clerk-chen' },
  });
  const told = await rows(
    `select 1 from outbox where outbox_key = $1`,
    `signal-matter/export/${exportId}/objection-filed/${objectionId}`,
  );
  expect(told).toHaveLength(1);
  expect(await look('objects', exportId)).toMatchObject({ do: 'take-back' });
  await platformActs(deps).takeBackFromPlatform(at('objects', exportId));
  expect(await heldOf(exportId)).toMatchObject([{ state: 'withdrawn', withdrawnWhy: 'under-objection' }]);
  await decideObjection(customers.intake, {
    ...{ objectionId, decision: 'rejected', reason: '记录属实', recordIds: [], by: 'manager-sun' },
  });
  const again = await propose('objects', subject);
  expect(again).not.toBe(exportId);
  expect(await propose('objects', subject)).toBe(again);
  expect((await statusOf(again))?.status).toBe('proposed');
});

test('H4, L6: a basis that runs out takes back what rests on it', async () => {
  const { exportId } = await acknowledged('basis-ends');
  expect(await look('basis-ends', exportId)).toMatchObject({ do: 'wait', stage: 'acknowledged' });
  await rows(`update legal_bases set valid_to = current_date + 10 where basis_id = 'basis/platform'`);
  expect(await look('basis-ends', exportId, 20)).toMatchObject({ do: 'take-back' });
  expect(await statusOf(exportId)).toEqual({ status: 'withdrawing', withdraw_reason: 'basis-ended' });
  await rows(`update legal_bases set valid_to = null where basis_id = 'basis/platform'`);
});

test('L6, H4: a firm whose identity is verified no longer is taken back, also when the platform has it', async () => {
  const { exportId } = await acknowledged('unverified');
  expect(await look('unverified', exportId)).toMatchObject({ do: 'wait', stage: 'acknowledged' });
  await identity('unverified', 'firm', false);
  expect(await look('unverified', exportId)).toMatchObject({ do: 'take-back' });
  await platformActs(deps).takeBackFromPlatform(at('unverified', exportId));
  expect(await heldOf(exportId)).toMatchObject([{ state: 'withdrawn' }]);
  expect(await statusOf(exportId)).toEqual({ status: 'withdrawn', withdraw_reason: 'no-longer-true' });
});

test('L6: whoever takes an account over is not the firm that had it: nothing of either leaves, and what left is taken back', async () => {
  const { recordId, exportId } = await acknowledged('handed-over');
  // A person moves in; nobody has said anything of who they are.
  await rows(`update accounts set debtor_id = 'debtor-newcomer' where account_id = 'handed-over'`);
  expect(await look('handed-over', exportId)).toMatchObject({ do: 'take-back' });
  await expect(
    rows(`update credit_exports set status = 'sent' where export_id = $1`, exportId),
  ).rejects.toThrow(/L6/);
  const { reasons } = await proposeExport(customers.intake, {
    ...{ accountNo: no('handed-over'), kind: 'record', subjectId: recordId },
    ...{ basisId: 'basis/platform', by: 'credit-he' },
  });
  expect(reasons.length).toBeGreaterThan(0);
  // Even a firm, once verified, does not answer for what happened before it came.
  await identity('handed-over', 'firm');
  expect(await look('handed-over', exportId)).toMatchObject({ do: 'take-back' });
});

const commit = async (accountId: string, application: string) => {
  const { commitmentId } = await signCommitment(customers.intake, {
    ...{ accountNo: no(accountId), application, text: '承诺产权无争议', proofSha256: 'b'.repeat(64) },
    ...{ signedOn: today, by: 'clerk-xu' },
  });
  return commitmentId;
};

test('L6: what leaves is what was signed; a commitment that was kept meanwhile is not sent as open', async () => {
  await identity('firm', 'firm');
  const commitmentId = await commit('firm', '增容-1');
  const exportId = await propose('firm', { kind: 'commitment', subjectId: commitmentId });
  await sign('firm', exportId);
  await settleCommitment(customers.intake, {
    commitmentId,
    kept: true,
    reason: '产权已办妥',
    by: 'credit-he',
  });
  await platformActs(deps).reportToPlatform(at('firm', exportId));
  expect(await heldOf(exportId)).toEqual([]);
  expect(await look('firm', exportId)).toMatchObject({ do: 'over', outcome: 'withdrawn' });
  expect((await statusOf(exportId))?.withdraw_reason).toBe('no-longer-true');
});

test('L5: an upheld objection to the report of a commitment takes that report back', async () => {
  const commitmentId = await commit('firm', '增容-2');
  const exportId = await propose('firm', { kind: 'commitment', subjectId: commitmentId });
  const { objectionId } = await fileObjection(customers.intake, {
    ...{ accountNo: no('firm'), scheme: 'export', subjectId: exportId, words: '未作此承诺' },
    ...{ channel: 'counter', by: 'clerk-chen' },
  });
  await decideObjection(customers.intake, {
    ...{ objectionId, decision: 'upheld', reason: '承诺书非本单位所签', recordIds: [], by: 'manager-sun' },
  });
  expect(await statusOf(exportId)).toEqual({ status: 'withdrawing', withdraw_reason: 'objection-upheld' });
});

test('H5: a commitment of a verified firm asks to be reported, and says when it was', async () => {
  const commitmentId = await commit('firm', '增容-3');
  const task = () =>
    rows<{ role: string; outcome: string | null }>(
      `select role, outcome from tasks where kind = 'report-commitment' and ref = $1`,
      commitmentId,
    );
  expect(await task()).toEqual([{ role: 'credit-officer', outcome: null }]);
  const exportId = await propose('firm', { kind: 'commitment', subjectId: commitmentId });
  await sign('firm', exportId);
  await platformActs(deps).reportToPlatform(at('firm', exportId));
  await platformActs(deps).askPlatform(at('firm', exportId));
  const [signedOne] = await rows<{ reported_at: string | null }>(
    'select reported_at from credit_commitments where commitment_id = $1',
    commitmentId,
  );
  expect(signedOne?.reported_at).not.toBeNull();
  expect(await task()).toEqual([{ role: 'credit-officer', outcome: 'reported' }]);
  // A person is never reported (L6): nothing is asked.
  const ofPerson = await commit('good', '增容-4');
  expect(await rows('select 1 from tasks where ref = $1', ofPerson)).toEqual([]);
});
