import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { compareDates } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import type { ScreenBill } from '../../rules/screen/facts.ts';
import type { Reason } from '../../rules/verdict.ts';
import { judge, policyReader, readFacts, readOpenBillsOf, TO_SCREEN, type ToScreen } from './read-facts.ts';

export interface ScreenedItem {
  accountId: string;
  accountNo: string;
  centreId: string;
  outcome: 'permitted' | 'refused' | 'undetermined';
  reasons: readonly Reason[];
}

/**
 * Accounts in the order of their index. The planner cannot see through row-level security: asked for the overdue accounts of a
 * centre in one statement it sorted the whole centre for every page (38 s a page at 100,000 accounts), so the accounts are walked
 * and their bills looked up by key.
 */
const ACCOUNTS = `
select ${TO_SCREEN}, clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms' as now_at
  from accounts a left join case_clocks k on k.account_id = a.account_id
 where a.centre_id = $1 and a.account_no > $2 order by a.account_no limit $3`;

/** Accounts walked at a time: twice as many each time, where few of a centre owe anything. */
const MAX_STRIDE = 5_000;

/** Could it possibly enter: is something of its electricity overdue? */
const isOverdue = (bills: readonly ScreenBill[] | undefined, nowAt: string): boolean => {
  if (bills === undefined) return false;
  const today = civilDateAt(Date.parse(nowAt));
  return bills.some(({ service, dueDate }) => service === 'electricity' && compareDates(dueDate, today) < 0);
};

/**
 * Screens one page of a centre's overdue accounts without an open case, each with its reasons; `next` is the `after` of the
 * following page.
 */
export async function screenCentre(
  tx: Tx,
  _vault: Vault,
  query: { centreId: string; after: string; limit: number },
): Promise<{ items: ScreenedItem[]; next: string | null }> {
  const policyOf = policyReader(tx);
  const items: ScreenedItem[] = [];
  let stride = query.limit;
  for (let after = query.after; ; stride = Math.max(query.limit, Math.min(MAX_STRIDE, stride * 2))) {
    const accounts = await tx.rows<ToScreen>(ACCOUNTS, [query.centreId, after, stride]);
    const bills = await readOpenBillsOf(
      tx,
      accounts.map((account) => account.account_id),
    );
    const overdue = accounts.filter((account) => isOverdue(bills.get(account.account_id), account.now_at));
    for (const row of await readFacts(tx, overdue, bills)) {
      if (row.has_open_case) continue;
      const { outcome, missing, reasons } = judge(row, await policyOf(row));
      items.push({
        accountId: row.account_id,
        accountNo: row.account_no,
        centreId: row.centre_id,
        outcome,
        reasons: [...missing, ...reasons],
      });
      if (items.length === query.limit) return { items, next: row.account_no };
    }
    const last = accounts.at(-1);
    if (last === undefined || accounts.length < stride) return { items, next: null };
    after = last.account_no;
  }
}
