import { readDebt, type Debt } from '../../../db/bills/read-debt.ts';
import { caseNowMs } from '../../../db/case-clock.ts';
import type { Tx } from '../../../db/database.ts';
import type { Vault } from '../../../db/keys/vault.ts';
import { readFixedStop } from '../../../db/plans/read-fixed-stop.ts';
import { readPolicy } from '../../../db/policies/read-policy.ts';
import { readCaseHead, readPlans, type CaseHead } from '../../../db/reads/case-file.ts';
import {
  readCustomerAccount,
  readCustomerHolds,
  readCustomerNotices,
  readCustomerPayments,
  readCustomerStop,
  type CustomerAccount,
  type CustomerHold,
  type CustomerNotice,
  type CustomerPayment,
  type CustomerStop,
} from '../../../db/reads/customer-page.ts';
import type { OpenedLink } from '../../../intake/receipts/link-opened.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { isNamedDebtCleared } from '../../../rules/stop/is-named-debt-cleared.ts';
import { notFound } from '../../http/problem.ts';
import { plannedSteps } from '../../planned-steps.ts';

/** Where the customer stands, the most urgent first. */
export type Standing =
  'restoring' | 'stopped' | 'restored' | 'pending' | 'held' | 'red' | 'yellow' | 'owing' | 'clear';

/** What to pay now so that the matter is over: the debt behind a stop or notice alone, or all that is overdue. Whole fen. */
export interface Due {
  fen: number;
  for: 'stop' | 'red' | 'all';
  billIds: string[];
}

/** Where a customer stands and how it came to that, from stored facts; instants ISO, case time. */
export interface Situation {
  account: CustomerAccount;
  customerName: string;
  now: string;
  standing: Standing;
  debt: Debt;
  due: Due;
  /** Money that a channel has taken and billing has not posted yet. */
  pendingFen: number;
  payments: CustomerPayment[];
  head: CaseHead | undefined;
  notices: CustomerNotice[];
  holds: CustomerHold[];
  activeHolds: CustomerHold[];
  stop: CustomerStop | undefined;
  planned: { at: string; step: string }[];
}

/** All that the page tells: the situation, and the link it was opened by. */
export interface CustomerView extends Situation {
  link: OpenedLink;
}

const RESTORED_FOR_MS = 7 * 86_400_000;

function isActive(hold: CustomerHold, now: string): boolean {
  return hold.endedAt === null && (hold.untilAt === null || hold.untilAt > now);
}

function dueOf(view: Pick<Situation, 'debt' | 'stop' | 'notices' | 'head'>): Due {
  const { debt, stop, notices, head } = view;
  const rest = (printed: number | null, open: number, paidSince: number): number => {
    if (isNamedDebtCleared({ openFen: open, printedSumFen: printed, paidSinceFen: paidSince })) return 0;
    return printed === null ? open : printed - paidSince;
  };
  if (stop?.inForce === true)
    return {
      fen: rest(stop.printedFen, stop.openFen, stop.paidSinceFen),
      for: 'stop',
      billIds: stop.billIds,
    };
  const red = redInForce(head, notices);
  if (red !== undefined && debt.sumFen > 0)
    return { fen: rest(red.sumFen, debt.principalFen, red.paidSinceFen), for: 'red', billIds: red.billIds };
  return { fen: debt.sumFen, for: 'all', billIds: debt.bills.map(({ billId }) => billId) };
}

/** The red notice that counts now: served, of the running attempt, not slipped. */
function redInForce(
  head: CaseHead | undefined,
  notices: readonly CustomerNotice[],
): CustomerNotice | undefined {
  if (head?.status !== 'open') return undefined;
  return notices.find(
    ({ kind, status, attempt }) => kind === 'red' && status === 'served' && attempt === head.attempt,
  );
}

function standingOf(view: Omit<Situation, 'standing'>): Standing {
  const { stop, now, pendingFen, debt, due, activeHolds, head, notices } = view;
  if (stop?.inForce === true) return stop.isOwed || due.fen === 0 ? 'restoring' : 'stopped';
  const restoredMs = Date.parse(stop?.restoredAt ?? '1970-01-01T00:00:00Z');
  if (Date.parse(now) - restoredMs < RESTORED_FOR_MS) return 'restored';
  if (pendingFen > 0) return 'pending';
  if (activeHolds.length > 0) return 'held';
  if (debt.sumFen === 0) return 'clear';
  if (redInForce(head, notices) !== undefined) return 'red';
  const isWarned = notices.some(
    ({ kind, status }) => kind === 'yellow' && (status === 'served' || status === 'prepared'),
  );
  return head?.status === 'open' && isWarned ? 'yellow' : 'owing';
}

/** Reads the page of a link. @throws Problem 404 when its account is gone */
export const readCustomerView = async (
  tx: Tx,
  vault: Vault,
  companyId: string,
  link: OpenedLink,
): Promise<CustomerView> => ({ ...(await readSituation(tx, vault, companyId, link.accountId)), link });

/** @throws Problem 404 when there is no such account */
export async function readSituation(
  tx: Tx,
  vault: Vault,
  companyId: string,
  accountId: string,
): Promise<Situation> {
  const account = await readCustomerAccount(tx, accountId);
  if (account === undefined) throw notFound('account');
  const nowMs = await caseNowMs(tx, accountId);
  const onDate = civilDateAt(nowMs);
  const { customerClass, centreId, region } = account;
  const policy =
    account.policy ?? (await readPolicy(tx, companyId, { centreId, customerClass, region, onDate }));
  const debt = await readDebt(tx, accountId, { ...account, policy }, onDate);
  const head = account.caseId === null ? undefined : await readCaseHead(tx, account.caseId);
  const notices = head === undefined ? [] : await readCustomerNotices(tx, head.caseId);
  const payments = await readCustomerPayments(tx, accountId);
  const holds = await readCustomerHolds(tx, accountId);
  const stop = await readCustomerStop(tx, accountId);
  const now = new Date(nowMs).toISOString();
  const plans = head === undefined ? [] : await readPlans(tx, head.caseId);
  const fixed =
    head === undefined ? undefined : await readFixedStop(tx, head.caseId, plans.at(-1)?.attempt ?? 0);
  const activeHolds = holds.filter((hold) => isActive(hold, now));
  const known = {
    ...{ account, now, debt, head, notices, payments, holds, activeHolds, stop },
    customerName: vault.open(account.nameEnc),
    due: dueOf({ debt, stop, notices, head }),
    pendingFen: payments
      .filter(({ isPosted, isReversed }) => !isPosted && !isReversed)
      .reduce((sum, { amountFen }) => sum + amountFen, 0),
    planned: head === undefined || activeHolds.length > 0 ? [] : plannedSteps(head, plans, notices, fixed),
  };
  return { ...known, standing: standingOf(known) };
}
