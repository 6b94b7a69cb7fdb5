import type { DowngradeItem, ExportItem } from '../db/reads/list-credit-decisions.ts';
import type { ObjectionItem, RepairItem } from '../db/reads/list-credit-matters.ts';
import {
  downgradeActs,
  exportActs,
  objectionActs,
  repairActs,
  type Acts,
} from '../rules/credit/matter-acts.ts';
import { explainMove } from '../rules/credit/explain-move.ts';
import type { CreditPolicy } from '../rules/credit/policy.ts';
import { LEADERS, type Role } from './http/caller.ts';
import type { Context } from './http/route.ts';
import { say } from './http/say.ts';

const DECIDERS: readonly Role[] = [...LEADERS, 'credit-officer'];

/** Who may do what with a matter of credit: of its routes, and of what a screen is told. */
export const MATTER_ROLES = {
  objection: { decide: DECIDERS, withdraw: DECIDERS, 'check-outside': DECIDERS },
  repair: {
    verify: ['credit-officer', 'team-leader', 'station-head'],
    decide: DECIDERS,
    withdraw: DECIDERS,
  },
  downgrade: {
    decide: DECIDERS,
    reply: ['clerk-95598', 'centre', 'credit-officer', 'team-leader', 'station-head'],
    'answer-reply': DECIDERS,
  },
  export: { approve: DECIDERS, withdraw: DECIDERS },
} as const satisfies Record<string, Record<string, readonly Role[]>>;

/** Every act with whether this person may do it, and every reason why not. */
function allowed<A extends string>(
  { caller, lang }: Context,
  acts: Acts<A>,
  roles: Readonly<Record<A, readonly Role[]>>,
) {
  return (Object.keys(acts) as A[]).map((action) => {
    const isRole = roles[action].some((role) => caller.roles.includes(role));
    const params = { roles: roles[action].join(', ') };
    const against = [
      ...acts[action],
      ...(isRole ? [] : [{ code: 'role-not-asked-for', clause: 'L7', params }]),
    ];
    return { action, allowed: against.length === 0, reasons: say(against, lang) };
  });
}

export const shownObjection = (context: Context, { hadHand, ...item }: ObjectionItem) => ({
  ...item,
  allowedActions: allowed(
    context,
    objectionActs(
      {
        ...{ isDecided: item.decidedAt !== null, filedBy: item.filedBy },
        ...{ isCheckedOutside: item.outsideCheck, dueAtMs: Date.parse(item.dueAt) },
      },
      { by: context.caller.personId, hadHand },
      Date.parse(item.nowAt),
    ),
    MATTER_ROLES.objection,
  ),
});

export const shownRepair = (context: Context, item: RepairItem) => ({
  ...item,
  allowedActions: allowed(context, repairActs(item, context.caller.personId), MATTER_ROLES.repair),
});

/** `policy` is the one in force today. */
export const shownDowngrade = (
  context: Context,
  { hadHand, scored, facts, ...item }: DowngradeItem,
  policy: CreditPolicy,
) => ({
  ...item,
  facts: facts === null ? null : { ...facts },
  why: explainMove({ ...item, facts, scored }, policy)[context.lang],
  allowedActions: allowed(
    context,
    downgradeActs(
      {
        ...item,
        replyUntilMs: item.replyUntil === null ? null : Date.parse(item.replyUntil),
        hasReply: item.repliedAt !== null,
      },
      { by: context.caller.personId, hadHand },
      Date.parse(item.nowAt),
    ),
    MATTER_ROLES.downgrade,
  ),
});

export const shownExport = (context: Context, item: ExportItem) => ({
  ...item,
  allowedActions: allowed(context, exportActs(item, context.caller.personId), MATTER_ROLES.export),
});
