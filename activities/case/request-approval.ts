import { json, type Tx } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { takeAccount, type AccountInHand } from '../../intake/take-account.ts';
import type { ApprovalBound } from '../../rules/approval/facts.ts';
import { whoMustApprove } from '../../rules/approval/who-must-approve.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import type { Policy } from '../../rules/parameters/policy.ts';
import type { CaseMoment } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';

/** One approval an attempt. */
export const approvalIdOf = (at: { caseId: string; attempt: number }): string =>
  `approval/${at.caseId}/${at.attempt}`;

/** Whoever waits for a signature is heard one rung higher, until somebody answers. */
const RUNGS = ['station-head', 'marketing-manager', 'company-head', 'company-president'];

interface PlanRow {
  candidates: { serviceDate: CivilDate; stopDate: CivilDate; startMinute: number }[];
  named_bills: { billId: string }[];
  named_principal_fen: number;
  interval_minutes: number;
  policy: Policy;
}

async function readPlan(tx: Tx, at: CaseMoment): Promise<PlanRow> {
  const plan = await tx.row<PlanRow>(
    `select p.candidates, p.named_bills, p.named_principal_fen, p.interval_minutes, c.policy
       from stop_plans p join cases c using (case_id) where p.case_id = $1 and p.attempt = $2`,
    [at.caseId, at.attempt],
  );
  if (plan === undefined) throw new Error(`case ${at.caseId} has no plan for attempt ${at.attempt}`);
  return plan;
}

const boundTo = (account: AccountInHand, plan: PlanRow): ApprovalBound => ({
  accountId: account.accountId,
  meterNo: account.meterNo,
  debtorId: account.debtorId,
  billIds: plan.named_bills.map((bill) => bill.billId),
  principalFen: plan.named_principal_fen,
  slots: plan.candidates.map(({ stopDate, startMinute }) => ({ stopDate, startMinute })),
  intervalMinutes: plan.interval_minutes,
});

/** An approval that nobody answers climbs: the first rung half-way to its end, then twice more (T3.4). */
function putReport(tx: Tx, at: CaseMoment, expiresAtMs: number): Promise<void> {
  const subjectId = approvalIdOf(at);
  const lifeMs = Math.max(0, expiresAtMs - at.nowMs);
  return putOutbox(tx, at.companyId, {
    kind: 'start-report',
    key: `report/approval/${subjectId}`,
    payload: {
      input: {
        companyId: at.companyId,
        centreId: at.centreId,
        accountId: at.accountId,
        subject: 'approval',
        subjectId,
        rungs: RUNGS,
        firstRungAtMs: at.nowMs + Math.floor(lifeMs / 2),
        rungEveryMs: Math.max(1, Math.floor(lifeMs / 6)),
        text: subjectId,
      },
    },
  });
}

/**
 * Asks for the approval of this attempt (T2.0, T3.4), in the reader's name: bound to account, meter, debtor, bills, principal,
 * days and hours. It runs out when the last day for serving the red notice begins. Asked twice, it is one request.
 */
export const requestApproval =
  (deps: ActivityDeps) =>
  (at: CaseMoment): Promise<{ expiresAtMs: number }> =>
    act(deps, at, async (tx) => {
      const account = await takeAccount(tx, { accountId: at.accountId });
      const approvalId = approvalIdOf(at);
      const before = await tx.row<{ expires_at: string }>(
        'select expires_at from approvals where approval_id = $1',
        [approvalId],
      );
      if (before !== undefined) return { expiresAtMs: Date.parse(before.expires_at) };
      const plan = await readPlan(tx, at);
      const lastServiceDate = plan.candidates.at(-1)?.serviceDate;
      if (lastServiceDate === undefined) throw new Error(`plan of ${at.caseId} has no candidate day`);
      const expiresAtMs = epochMsOf(lastServiceDate, 0);
      const roles = whoMustApprove(account.category, plan.policy);
      const bound = boundTo(account, plan);
      await tx.run(
        `insert into approvals (approval_id, company_id, centre_id, case_id, attempt, status, applicant_id, required_roles,
                                bound, expires_at, occurred_at)
         values ($1, $2, $3, $4, $5, 'pending', $6, $7, $8, $9, $10)`,
        [
          approvalId,
          at.companyId,
          at.centreId,
          at.caseId,
          at.attempt,
          account.readerId,
          roles,
          json(bound),
          iso(expiresAtMs),
          iso(at.nowMs),
        ],
      );
      await keepRecord(tx, account, {
        action: 'approval.requested',
        factId: approvalId,
        actor: account.readerId,
        occurredAt: iso(at.nowMs),
        body: {
          approvalId,
          roles: roles.join(','),
          principalFen: bound.principalFen,
          expiresAt: iso(expiresAtMs),
        },
      });
      await putReport(tx, at, expiresAtMs);
      return { expiresAtMs };
    });
