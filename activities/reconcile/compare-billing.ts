import { heartbeat } from '@temporalio/activity';
import { recordPayment } from '../../intake/payments/record-payment.ts';
import { restoreIfCleared } from '../../intake/restorations/restore-if-cleared.ts';
import { mirrorBilling } from '../../intake/screening/mirror-billing.ts';
import { SystemRefused } from '../../systems/errors.ts';
import type { BillingAccountNow, BillingPayment } from '../../systems/billing/port.ts';
import type { ReconcileAt, ReconcilePage } from '../contract.ts';
import { act, companyScope, type ActivityDeps } from '../deps.ts';
import { meetDifference } from './meet-difference.ts';

const PAGE = 50;

interface AccountRow {
  accountId: string;
  accountNo: string;
  centreId: string;
  caseId: string | null;
  stopId: string | null;
  isOwed: boolean;
}

/** Whoever is in collection or without supply: there a payment that we do not know of does harm. */
const ACCOUNTS = `
select a.account_id as "accountId", a.account_no as "accountNo", a.centre_id as "centreId", c.case_id as "caseId",
       s.stop_id as "stopId", exists (select from restoration_triggers t where t.stop_id = s.stop_id) as "isOwed"
  from accounts a
  left join cases c on c.account_id = a.account_id and c.status = 'open'
  left join stops s on s.account_id = a.account_id and s.in_force
 where (c.case_id is not null or s.stop_id is not null) and a.account_id > $1
 order by a.account_id limit ${PAGE}`;

async function unseen(
  deps: ActivityDeps,
  at: ReconcileAt,
  now: BillingAccountNow,
): Promise<BillingPayment[]> {
  const told = [...now.payments, ...now.inFlight];
  const stored = await act(deps, at, (tx) =>
    tx.rows<{ paymentId: string; status: string }>(
      `select payment_id as "paymentId", status from payments where company_id = $1 and payment_id = any ($2)`,
      [at.companyId, told.map(({ paymentId }) => paymentId)],
    ),
  );
  const known = new Set(stored.map(({ paymentId, status }) => `${paymentId} ${status}`));
  return told.filter(({ paymentId, status }) => !known.has(`${paymentId} ${status}`));
}

/** Billing no longer lists money that stands in our books, taken within a month: somebody has to look whose books are right. */
const UNKNOWN = `
select payment_id as "paymentId" from payments_standing
 where account_id = $1 and recorded_at > clock_timestamp() - interval '31 days'
   and recorded_at < clock_timestamp() - interval '1 day' and payment_id <> all ($2)`;

async function compareOne(deps: ActivityDeps, at: ReconcileAt, row: AccountRow): Promise<void> {
  const { accountId, accountNo, centreId, caseId, stopId } = row;
  const of = { centreId, accountId, caseId };
  let now: BillingAccountNow;
  try {
    now = await deps.systems.billing.readAccountNow(accountNo);
  } catch (error) {
    if (!(error instanceof SystemRefused)) throw error;
    const detail = { code: error.code };
    return meetDifference(deps, at, {
      kind: 'account-unknown-to-billing',
      subjectId: accountId,
      ...of,
      detail,
    });
  }
  const intake = { db: deps.db, vault: deps.vault, scope: companyScope(at) };
  for (const payment of await unseen(deps, at, now)) {
    const { paymentId, status, amountFen } = payment;
    const finding = {
      kind: 'payment-not-stored',
      subjectId: `${paymentId}/${status}`,
      ...of,
      detail: { amountFen },
    };
    await meetDifference(deps, at, finding, async () => {
      await recordPayment(intake, { source: 'reconciliation', accountId, ...payment });
    });
  }
  const listed = [...now.payments, ...now.inFlight].map(({ paymentId }) => paymentId);
  const unknown = await act(deps, at, (tx) => tx.rows<{ paymentId: string }>(UNKNOWN, [accountId, listed]));
  for (const { paymentId } of unknown)
    await meetDifference(deps, at, {
      kind: 'payment-unknown-to-billing',
      subjectId: paymentId,
      ...of,
      detail: {},
    });
  if (at.dryRun) return;
  await act(deps, at, (tx) => mirrorBilling(tx, accountId, now));
  if (stopId === null || row.isOwed || !(await restoreIfCleared(intake, { accountId }))) return;
  // Written off or corrected: no payment says so, only billing's own list (T3.2).
  await meetDifference(
    deps,
    at,
    { kind: 'cleared-without-payment', subjectId: stopId, ...of, detail: {} },
    () => Promise.resolve(),
  );
}

/** Payments and bills of whoever is in collection or without supply, as billing knows them now (T3.2). @throws SystemUnavailable */
export const compareBilling =
  (deps: ActivityDeps) =>
  async (at: ReconcileAt & { after: string }): Promise<ReconcilePage> => {
    const rows = await act(deps, at, (tx) => tx.rows<AccountRow>(ACCOUNTS, [at.after]));
    for (const row of rows) {
      heartbeat(row.accountId);
      await compareOne(deps, at, row);
    }
    const last = rows.at(-1);
    return {
      compared: rows.length,
      next: rows.length === PAGE && last !== undefined ? last.accountId : null,
    };
  };
