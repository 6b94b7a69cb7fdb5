import { describe, expect, it } from 'vitest';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { approvalStatus } from '../../../rules/approval/approval-status.ts';
import type { ApprovalBound, ApproverFacts, Delegation } from '../../../rules/approval/facts.ts';
import { isApprovalStillBound } from '../../../rules/approval/is-approval-still-bound.ts';
import { mayApprove } from '../../../rules/approval/may-approve.ts';
import { whoMustApprove } from '../../../rules/approval/who-must-approve.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import { fc, forAll } from '../../support/property.ts';

const policy = defaultPolicy(civilDate('2026-11-01'));

describe('whoMustApprove', () => {
  it.each([
    ['resident', ['station-head']],
    ['non-resident', ['marketing-manager']],
    ['dedicated-transformer', ['company-head']],
    ['important', ['company-head', 'government-liaison']],
    ['continuous-process', ['company-head', 'government-liaison']],
    ['master-meter', ['company-head', 'government-liaison']],
  ] as const)('T3.4: a stop of %s is approved by %j', (category, roles) => {
    expect(whoMustApprove(category, policy)).toEqual(roles);
  });
  it('L7: a matrix that names nobody is an error, never a free pass', () => {
    const empty = { ...policy, approvalMatrix: { ...policy.approvalMatrix, resident: [] } };
    expect(() => whoMustApprove('resident', empty)).toThrow(RangeError);
  });
});

const delegation = (over: Partial<Delegation> = {}): Delegation => ({
  delegationId: 'd-1',
  fromPerson: 'head-1',
  toPerson: 'deputy-1',
  role: 'station-head',
  fromMs: 100,
  untilMs: 200,
  ...over,
});
const wish = (over: Partial<ApproverFacts> = {}): ApproverFacts => ({
  nowMs: 150,
  status: 'pending',
  expiresAtMs: 1000,
  applicantId: 'reader-1',
  requiredRoles: ['station-head'],
  approverId: 'head-1',
  approverRoles: ['station-head'],
  delegations: [],
  decided: [],
  ...over,
});
const deputy = (over: Partial<ApproverFacts> = {}): ApproverFacts =>
  wish({ approverId: 'deputy-1', approverRoles: ['reader'], delegations: [delegation()], ...over });

function judge(facts: ApproverFacts): string {
  const answer = mayApprove(facts);
  return answer.outcome === 'permitted'
    ? `${answer.role} ${answer.delegationId ?? 'own'}`
    : answer.reasons.map((reason) => reason.code).join(' ');
}

describe('mayApprove', () => {
  it.each<[string, ApproverFacts, string]>([
    ['T3.4: the right role', wish(), 'station-head own'],
    ['T3.4: another role', wish({ approverRoles: ['marketing-manager'] }), 'role-not-asked-for'],
    ['T3.4: the applicant', wish({ approverId: 'reader-1' }), 'applicant-may-not-approve'],
    ['T3.4: the last moment', wish({ nowMs: 999 }), 'station-head own'],
    ['T3.4: the moment it expires', wish({ nowMs: 1000 }), 'approval-expired'],
    ['T3.4: after a refusal', wish({ status: 'refused' }), 'approval-already-refused'],
    ['T3.4: after a slip made it void', wish({ status: 'void' }), 'approval-already-void'],
    ['T3.4: a deputy', deputy(), 'station-head d-1'],
    ['T3.4: a deputy from the first moment', deputy({ nowMs: 100 }), 'station-head d-1'],
    ['T3.4: a deputy a moment early', deputy({ nowMs: 99 }), 'role-not-asked-for'],
    ['T3.4: a deputy at the end', deputy({ nowMs: 200 }), 'role-not-asked-for'],
    [
      'T3.4: a deputy for another role',
      deputy({ delegations: [delegation({ role: 'company-head' })] }),
      'role-not-asked-for',
    ],
    [
      'T3.4: somebody else’s deputy',
      deputy({ delegations: [delegation({ toPerson: 'x' })] }),
      'role-not-asked-for',
    ],
    [
      'T3.4: the applicant cannot hand on a role',
      deputy({ delegations: [delegation({ fromPerson: 'reader-1' })] }),
      'role-not-asked-for',
    ],
    [
      'L7: one person fills one role',
      wish({
        requiredRoles: ['company-head', 'government-liaison'],
        approverId: 'p-1',
        approverRoles: ['company-head', 'government-liaison'],
        decided: [{ role: 'company-head', approverId: 'p-1', forPerson: 'p-1' }],
      }),
      'already-signed',
    ],
    [
      'L7: nor a second one through a deputy',
      deputy({
        requiredRoles: ['company-head', 'station-head'],
        decided: [{ role: 'company-head', approverId: 'head-1', forPerson: 'head-1' }],
      }),
      'role-not-asked-for',
    ],
    [
      'L7: whom a deputy signed for has signed',
      wish({
        requiredRoles: ['company-head', 'station-head'],
        decided: [{ role: 'company-head', approverId: 'deputy-9', forPerson: 'head-1' }],
      }),
      'already-signed',
    ],
  ])('%s', (_, facts, expected) => {
    expect(judge(facts)).toBe(expected);
  });

  it('T3.4: however many persons, roles and delegations, nobody is counted twice and the applicant never', () => {
    const person = fc.constantFrom('reader-1', 'a', 'b', 'c');
    const role = fc.constantFrom('company-head', 'government-liaison', 'station-head');
    const someDelegation = fc
      .record({ fromPerson: person, toPerson: person, role })
      .map((one) => delegation({ ...one, delegationId: `${one.fromPerson}-${one.toPerson}-${one.role}` }));
    forAll(
      [
        fc.array(someDelegation, { maxLength: 6 }),
        fc.array(fc.tuple(person, fc.subarray(['company-head', 'government-liaison', 'station-head'])), {
          maxLength: 12,
        }),
      ],
      (delegations, tries) => {
        let decided: { role: string; approverId: string; forPerson: string }[] = [];
        for (const [approverId, approverRoles] of tries) {
          const facts = wish({
            approverId,
            approverRoles,
            delegations,
            decided,
            requiredRoles: ['company-head', 'government-liaison'],
          });
          const answer = mayApprove(facts);
          if (answer.outcome === 'refused') continue;
          const forPerson =
            delegations.find((one) => one.delegationId === answer.delegationId)?.fromPerson ?? approverId;
          decided = [...decided, { role: answer.role, approverId, forPerson }];
        }
        const hands = decided.flatMap((one) => [...new Set([one.approverId, one.forPerson])]);
        expect(new Set(hands).size).toBe(hands.length);
        expect(hands).not.toContain('reader-1');
        expect(new Set(decided.map((one) => one.role)).size).toBe(decided.length);
      },
      1000,
    );
  });
});

describe('approvalStatus', () => {
  const both = ['company-head', 'government-liaison'];
  it.each([
    ['no signature yet', [], 'pending'],
    ['one of two', [{ role: 'company-head', decision: 'approve' }], 'pending'],
    [
      'both',
      [
        { role: 'company-head', decision: 'approve' },
        { role: 'government-liaison', decision: 'approve' },
      ],
      'approved',
    ],
    [
      'one refused',
      [
        { role: 'company-head', decision: 'approve' },
        { role: 'government-liaison', decision: 'refuse' },
      ],
      'refused',
    ],
  ] as const)('T3.4: %s', (_, decided, status) => {
    expect(approvalStatus(both, decided)).toBe(status);
  });
  it('L7: nobody required is not approved', () => {
    expect(approvalStatus([], [])).toBe('pending');
  });
});

describe('isApprovalStillBound', () => {
  const slot = { stopDate: civilDate('2026-11-11'), startMinute: 600 };
  const bound: ApprovalBound = {
    accountId: 'acc-1',
    meterNo: 'M-1',
    debtorId: 'D-1',
    billIds: ['B-1', 'B-2'],
    principalFen: 20_000,
    slots: [slot],
    intervalMinutes: 60,
  };
  const act = { ...bound, slot };
  it('T3.4: principal may fall to nothing and never rise by a fen', () => {
    forAll([fc.integer({ min: 0, max: 40_000 })], (principalFen) => {
      const found = isApprovalStillBound(bound, { ...act, principalFen }).length;
      expect(found).toBe(principalFen > 20_000 ? 1 : 0);
    });
  });
  it('T3.4: fewer bills are covered, others are not', () => {
    expect(isApprovalStillBound(bound, { ...act, billIds: ['B-2'] })).toEqual([]);
    expect(isApprovalStillBound(bound, { ...act, billIds: ['B-2', 'B-3'] })).toMatchObject([
      { code: 'bill-not-approved' },
    ]);
  });
  it('T3.4: another account is another stop', () => {
    expect(isApprovalStillBound(bound, { ...act, accountId: 'acc-2' })).toMatchObject([
      { code: 'approved-for-another-account' },
    ]);
  });
});
