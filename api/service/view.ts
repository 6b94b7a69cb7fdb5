import type { Tx } from '../../db/database.ts';
import { readAccountFile } from '../../db/reads/account-file.ts';
import { readMessages } from '../../db/reads/case-file.ts';
import { findAccount } from '../../db/reads/find-account.ts';
import { listHoldsOf } from '../../db/reads/list-holds.ts';
import { findRestoration } from '../../db/reads/list-restorations.ts';
import { findStop } from '../../db/reads/list-stops.ts';
import { endOf } from '../end-of-hold.ts';
import { found } from '../http/problem.ts';
import type { Context } from '../http/route.ts';
import { say } from '../http/say.ts';
import { linesOf } from '../pages/customer/history.ts';
import { sentences, TITLES } from '../pages/customer/state-section.ts';
import { readSituation } from '../pages/customer/view.ts';
import { inLang } from '../pages/customer/words.ts';
import type { ServiceView } from '../shapes/service.ts';
import { serviceActions } from './actions.ts';

const HOLDS = 50;

/** The newest stop with its causes and its clock. */
async function stopOf(tx: Tx, stopId: string | undefined) {
  if (stopId === undefined) return { stop: null, restoration: undefined };
  const stop = found(await findStop(tx, stopId), 'stop');
  const restoration = await findRestoration(tx, stopId);
  return {
    restoration,
    stop: {
      ...{ stopId, occurredAt: stop.occurredAt, inForce: stop.inForce, triggers: stop.triggers },
      restoration: restoration ?? null,
    },
  };
}

/** One customer as 95598 needs them: the words of the customer's own page, and what can be done at once. @throws Problem 404 */
export async function readServiceView(context: Context, tx: Tx, accountNo: string): Promise<ServiceView> {
  const { caller, deps, lang } = context;
  const { accountId } = found(await findAccount(tx, accountNo), 'account');
  const file = found(await readAccountFile(tx, deps.vault, accountNo), 'account');
  const situation = await readSituation(tx, deps.vault, caller.scope.companyId, accountId);
  const { head, now, debt, standing } = situation;
  const { stop, restoration } = await stopOf(tx, situation.stop?.stopId);
  const holds = await listHoldsOf(tx, { accountId, before: undefined, limit: HOLDS });
  const t = inLang(lang);
  return {
    ...{ accountNo, customerName: file.customerName, address: file.address, phone: file.phone },
    ...{ category: file.category, protection: file.protection, nowAt: now, standing },
    title: t(TITLES[standing]),
    say: sentences(situation, lang).map(t),
    dueFen: situation.due.fen,
    sumFen: debt.sumFen,
    bills: debt.bills.map(({ billId, period, dueDate, openFen, lateFeeFen }) => ({
      ...{ billId, period, dueDate, openFen, lateFeeFen },
    })),
    history: linesOf(situation).map(({ at, words }) => ({ at, text: t(words) })),
    planned: situation.stop?.inForce === true || debt.sumFen === 0 ? [] : situation.planned,
    messages: head === undefined ? [] : await readMessages(tx, head.caseId),
    case:
      head === undefined
        ? null
        : { caseId: head.caseId, status: head.status, stage: head.stage, outcome: head.outcome },
    stop,
    holds: holds
      .filter(({ endedAt, untilAt }) => endedAt === null && (untilAt === null || untilAt > now))
      .map((hold) => ({ ...hold, end: endOf(hold, context) })),
    allowedActions: serviceActions(situation, restoration, caller).map((one) => ({
      ...one,
      reasons: say(one.reasons, lang),
    })),
  };
}
