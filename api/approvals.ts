import { keepView, readDelegationsTo, readSignatures } from '../db/approvals/approver-facts.ts';
import type { Tx } from '../db/database.ts';
import { readFixedStop } from '../db/plans/read-fixed-stop.ts';
import {
  readActiveHolds,
  readDossierAccount,
  readDossierBills,
  readNames,
  readServicesOfCase,
} from '../db/reads/approval-dossier.ts';
import { readCaseHead, readDecisions, readMessages, readNotices, readPlans } from '../db/reads/case-file.ts';
import type { ApprovalItem } from '../db/reads/list-approvals.ts';
import type { Delegation } from '../rules/approval/facts.ts';
import { mayApprove } from '../rules/approval/may-approve.ts';
import { maySignTogether } from '../rules/approval/may-sign-together.ts';
import type { Reason } from '../rules/verdict.ts';
import type { Context } from './http/route.ts';
import { found } from './http/problem.ts';
import { say } from './http/say.ts';
import { plannedSteps } from './planned-steps.ts';

/** What others let the caller sign: read once for a whole page. */
export const delegationsOf = (tx: Tx, { caller }: Context, items: readonly ApprovalItem[]) =>
  readDelegationsTo(tx, caller.personId, [...new Set(items.flatMap((item) => item.requiredRoles))]);

/** Every reason why the caller may not sign this approval now; empty = may. */
export function reasonsAgainst(
  { caller }: Context,
  item: ApprovalItem,
  delegations: readonly Delegation[],
): readonly Reason[] {
  const answer = mayApprove({
    nowMs: Date.parse(item.nowAt),
    status: item.status as 'pending',
    expiresAtMs: Date.parse(item.expiresAt),
    applicantId: item.applicantId,
    requiredRoles: item.requiredRoles,
    approverId: caller.personId,
    approverRoles: caller.roles,
    delegations,
    decided: item.signatures,
  });
  return answer.outcome === 'permitted' ? [] : answer.reasons;
}

/** Every reason why it is not signed in one act with others; empty = may be. */
export function reasonsAlone(item: ApprovalItem): readonly Reason[] {
  const verdict = maySignTogether({ ...item, wasOpened: item.isOpened });
  return verdict.outcome === 'permitted' ? [] : verdict.reasons;
}

/** An approval as the caller sees it, with what they may do about it. */
export function shownApproval(context: Context, item: ApprovalItem, delegations: readonly Delegation[]) {
  const { approvalId, caseId, accountNo, category, centreId, status, requiredRoles, applicantId } = item;
  const { expiresAt, nowAt, bound, isOpened, signatures } = item;
  const against = reasonsAgainst(context, item, delegations);
  const alone = reasonsAlone(item);
  return {
    ...{ approvalId, caseId, accountNo, category, centreId, status, requiredRoles, applicantId },
    ...{ expiresAt, nowAt, bound, isOpened },
    customerName: context.deps.vault.open(item.nameEnc),
    principalFen: bound.principalFen,
    signatures: signatures.map(({ role, approverId, decision, at }) => ({ role, approverId, decision, at })),
    mayDecide: { allowed: against.length === 0, reasons: say(against, context.lang) },
    mayTogether: { allowed: alone.length === 0, reasons: say(alone, context.lang) },
  };
}

/** Everything that a decision needs, on one page; and it is kept that the caller has had it before them. */
export async function approvalDossierOf(tx: Tx, context: Context, item: ApprovalItem) {
  const { deps, lang, caller, scope } = context;
  const { addressEnc, phoneEnc, ...account } = found(await readDossierAccount(tx, item.accountId), 'account');
  const head = found(await readCaseHead(tx, item.caseId), 'case');
  const notices = await readNotices(tx, item.caseId);
  const plans = await readPlans(tx, item.caseId);
  const services = await readServicesOfCase(tx, item.caseId);
  const signed = await readSignatures(tx, item.approvalId);
  const delegations = await delegationsOf(tx, context, [item]);
  await keepView(tx, {
    companyId: scope.companyId,
    centreId: item.centreId,
    approvalId: item.approvalId,
    personId: caller.personId,
  });
  const named = [
    item.applicantId,
    account.readerId,
    ...signed.flatMap(({ approverId, forPerson }) => [approverId, forPerson]),
    ...services.map(({ recordedBy }) => recordedBy),
  ];
  return {
    ...shownApproval(context, { ...item, isOpened: true }, delegations),
    account: {
      ...account,
      address: deps.vault.open(addressEnc),
      phone: phoneEnc === null ? null : deps.vault.open(phoneEnc),
    },
    bills: await readDossierBills(tx, item.accountId, item.bound.billIds),
    notices: notices.map(({ noticeId, kind, status, sumFen, lastPaymentOn, servedAt }) => ({
      ...{ noticeId, kind, status, sumFen, lastPaymentOn, servedAt },
      services: services
        .filter((one) => one.noticeId === noticeId)
        .map(({ serviceId, method, occurredAt, recordedBy, counts, proofs, reasons }) => ({
          ...{ serviceId, method, occurredAt, recordedBy, counts, proofs },
          reasons: say(reasons, lang),
        })),
    })),
    messages: await readMessages(tx, item.caseId),
    holds: await readActiveHolds(tx, item.accountId),
    decisions: (await readDecisions(tx, item.caseId)).map(
      ({ reasons, missing, question, outcome, occurredAt }) => ({
        ...{ question, outcome, occurredAt },
        reasons: say([...reasons, ...missing], lang),
      }),
    ),
    signed,
    ifApproved: plannedSteps(
      head,
      plans,
      notices,
      await readFixedStop(tx, item.caseId, plans.at(-1)?.attempt ?? 0),
    ),
    people: await readNames(tx, [...new Set(named)]),
  };
}
