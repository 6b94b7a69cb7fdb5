import { readStopFacts } from '../db/facts/read-stop-facts.ts';
import type { CaseHead } from '../db/reads/case-file.ts';
import type { Tx } from '../db/database.ts';
import { mayStop } from '../rules/stop/may-stop.ts';
import type { Reason } from '../rules/verdict.ts';
import type { Caller, Role } from './http/caller.ts';

export interface AllowedAction {
  action: string;
  allowed: boolean;
  reasons: readonly Reason[];
}

const not = (action: string, ...reasons: Reason[]): AllowedAction => ({ action, allowed: false, reasons });
const yes = (action: string): AllowedAction => ({ action, allowed: true, reasons: [] });

interface Open {
  approval_pending: boolean;
  notice_prepared: boolean;
  ticket_open: boolean;
  recall_open: boolean;
  stop_in_force: boolean;
}

const OPEN = `
select exists (select from approvals where case_id = $1 and status = 'pending') as approval_pending,
       exists (select from notices where case_id = $1 and status = 'prepared') as notice_prepared,
       exists (select from tickets where case_id = $1 and kind = 'stop' and status in ('raised', 'dispatched')) as ticket_open,
       exists (select from tickets where case_id = $1 and kind = 'stop' and status = 'recalled') as recall_open,
       exists (select from stops where account_id = $2 and in_force) as stop_in_force`;

const ROLES_OF: Readonly<Record<string, readonly Role[]>> = {
  'decide-approval': [
    'station-head',
    'marketing-manager',
    'company-head',
    'company-president',
    'government-liaison',
  ],
  'serve-notice': ['reader', 'centre'],
  'request-permit': ['crew'],
  'acknowledge-stand-down': ['crew'],
  withdraw: ['centre', 'team-leader', 'station-head'],
  hold: ['centre', 'reader', 'clerk-95598', 'team-leader', 'station-head'],
  'start-restoration': ['clerk-95598', 'centre', 'team-leader', 'station-head'],
};

/** Whether supply could be stopped this minute, with everything that stands against it: the same rules as the permit. */
async function stopNow(tx: Tx, head: CaseHead): Promise<AllowedAction> {
  if (head.status === 'closed') return not('stop', { code: 'case-closed', clause: 'T2.0' });
  const facts = await readStopFacts(tx, {
    accountId: head.accountId,
    caseId: head.caseId,
    attempt: head.attempt,
    nowMs: Date.parse(head.nowAt),
  });
  const verdict = mayStop(facts, 'T-0');
  if (verdict.outcome === 'permitted') return yes('stop');
  const missing = verdict.outcome === 'undetermined' ? verdict.missing : [];
  return not('stop', ...verdict.reasons, ...missing);
}

/** What may be done with this case now, by this person, and for every action that may not: why. */
export async function allowedActions(tx: Tx, head: CaseHead, caller: Caller): Promise<AllowedAction[]> {
  const open = await tx.row<Open>(OPEN, [head.caseId, head.accountId]);
  const isOpen = head.status === 'open';
  const states: readonly (readonly [string, boolean, string, string])[] = [
    ['decide-approval', open?.approval_pending ?? false, 'no-approval-pending', 'T3.4'],
    ['serve-notice', open?.notice_prepared ?? false, 'no-notice-to-serve', 'T2.2'],
    ['request-permit', (open?.ticket_open ?? false) && head.stage === 'permit', 'not-at-the-stop', 'L2.pre'],
    ['acknowledge-stand-down', open?.recall_open ?? false, 'not-recalled', 'T1.2'],
    ['withdraw', isOpen, 'case-closed', 'T2.0'],
    ['hold', isOpen, 'case-closed', 'T1.2'],
    ['start-restoration', open?.stop_in_force ?? false, 'not-stopped', 'L3'],
  ];
  const actions = states.map(([action, isPossible, code, clause]) => {
    const roles = ROLES_OF[action] ?? [];
    const isRole = roles.some((role) => caller.roles.includes(role));
    const reasons: Reason[] = [
      ...(isPossible ? [] : [{ code, clause }]),
      ...(isRole
        ? []
        : [{ code: 'role-not-asked-for', clause: 'T3.4', params: { roles: roles.join(', ') } }]),
    ];
    return reasons.length === 0 ? yes(action) : not(action, ...reasons);
  });
  return [...actions, await stopNow(tx, head)];
}
