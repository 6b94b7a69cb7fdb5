import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideApproval } from '../../activities/case/decide-approval.ts';
import { requestApproval } from '../../activities/case/request-approval.ts';
import { civilDate } from '../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import { makeStopCase, type StopCase } from './support/stop-case.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench.close());

const ASKED_MS = epochMsOf(civilDate('2026-11-01'), 600);
const EXPIRES_MS = epochMsOf(civilDate('2026-11-05'), 0);

async function asked(category = 'resident'): Promise<StopCase> {
  const c = await makeStopCase(bench, 'planned', { category });
  await requestApproval(bench.deps)(c.at(ASKED_MS));
  return c;
}

const decide = (
  c: StopCase,
  approverId: string,
  roles: string[],
  over: { decision?: 'approve' | 'refuse'; nowMs?: number } = {},
) =>
  decideApproval(bench.deps)({
    ...c.at(over.nowMs ?? ASKED_MS + 1000),
    approvalId: `approval/${c.caseId}/1`,
    approverId,
    approverRoles: roles,
    decision: over.decision ?? 'approve',
    reason: 'looked at it',
  });

const delegate = (id: string, from: string, to: string, role: string, days: [string, string]) =>
  bench.tx((tx) =>
    tx.run(`insert into delegations values ($1, 'co-1', $2, $3, $4, $5::date, $6::date)`, [
      id,
      from,
      to,
      role,
      ...days,
    ]),
  );

describe('requestApproval', () => {
  it('T3.4: binds account, meter, debtor, bills, principal, days and hours, once', async () => {
    const c = await asked();
    expect(await requestApproval(bench.deps)(c.at(ASKED_MS + 5000))).toEqual({ expiresAtMs: EXPIRES_MS });
    const rows = await bench.tx((tx) =>
      tx.rows('select status, applicant_id, required_roles, bound from approvals where case_id = $1', [
        c.caseId,
      ]),
    );
    expect(rows).toEqual([
      {
        status: 'pending',
        applicant_id: 'reader-1',
        required_roles: ['station-head'],
        bound: {
          accountId: c.accountId,
          meterNo: `meter-${c.accountId}`,
          debtorId: `debtor-${c.accountId}`,
          billIds: [`bill-${c.accountId}`],
          principalFen: 20000,
          slots: [
            { stopDate: '2026-11-11', startMinute: 600 },
            { stopDate: '2026-11-12', startMinute: 600 },
          ],
          intervalMinutes: 60,
        },
      },
    ]);
  });
});

describe('decideApproval', () => {
  it('T3.4: one signature of the right role approves, and saying so twice is once', async () => {
    const c = await asked();
    expect(await decide(c, 'head-1', ['station-head'])).toEqual({
      outcome: 'accepted',
      status: 'approved',
      reasons: [],
    });
    expect(await decide(c, 'head-1', ['station-head'])).toEqual({
      outcome: 'accepted',
      status: 'approved',
      reasons: [],
    });
    expect(await decide(c, 'head-2', ['station-head'])).toMatchObject({
      outcome: 'refused',
      status: 'approved',
    });
  });

  it('L7: two roles need two persons; one of them cannot sign for both', async () => {
    const c = await asked('important');
    expect(await decide(c, 'p-1', ['company-head', 'government-liaison'])).toMatchObject({
      status: 'pending',
    });
    expect(
      await decide(c, 'p-1', ['company-head', 'government-liaison'], { decision: 'refuse' }),
    ).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'already-signed' }],
    });
    expect(await decide(c, 'p-2', ['government-liaison'])).toMatchObject({
      outcome: 'accepted',
      status: 'approved',
    });
  });

  it('T3.4: the applicant never approves, in no role', async () => {
    const c = await asked();
    const answer = await decide(c, 'reader-1', ['reader', 'station-head']);
    expect(answer.outcome).toBe('refused');
    expect(answer.reasons.map((reason) => reason.code)).toContain('applicant-may-not-approve');
  });

  it('T3.4: a delegation counts in its days and for its role only', async () => {
    const c = await asked();
    await delegate('d-old', 'head-9', 'deputy-1', 'station-head', ['2026-10-01', '2026-10-31']);
    await delegate('d-other', 'head-9', 'deputy-1', 'marketing-manager', ['2026-10-01', '2026-12-31']);
    expect(await decide(c, 'deputy-1', ['reader'])).toMatchObject({
      reasons: [{ code: 'role-not-asked-for' }],
    });
    await delegate('d-now', 'head-9', 'deputy-1', 'station-head', ['2026-10-31', '2026-11-03']);
    expect(await decide(c, 'deputy-1', ['reader'])).toMatchObject({
      outcome: 'accepted',
      status: 'approved',
    });
    const [row] = await bench.tx((tx) =>
      tx.rows('select delegation_id from approval_decisions where approval_id = $1', [
        `approval/${c.caseId}/1`,
      ]),
    );
    expect(row).toEqual({ delegation_id: 'd-now' });
  });

  it.each([
    [EXPIRES_MS - 1, 'approved'],
    [EXPIRES_MS, 'expired'],
  ])('T3.4: at %i it is %s', async (nowMs, status) => {
    const c = await asked();
    expect(await decide(c, 'head-1', ['station-head'], { nowMs })).toMatchObject({ status });
  });

  it('T3.4: one refusal ends it', async () => {
    const c = await asked('important');
    expect(await decide(c, 'p-1', ['company-head'], { decision: 'refuse' })).toMatchObject({
      outcome: 'accepted',
      status: 'refused',
    });
    expect(await decide(c, 'p-2', ['government-liaison'])).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'approval-already-refused' }],
    });
  });
});
