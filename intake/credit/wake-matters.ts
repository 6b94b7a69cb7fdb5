import type { Tx } from '../../db/database.ts';
import { LIVE_EXPORTS } from '../../rules/credit/matter-acts.ts';
import { tellMatter } from './tell-matter.ts';

/** Moves down and reports that are under way look again: something is objected to or disputed, or that was decided (L5, L6). */
export async function wakeMatters(
  tx: Tx,
  account: { companyId: string; accountId: string },
  fact: { kind: string; factId: string },
): Promise<void> {
  const { companyId, accountId } = account;
  const underWay = await tx.rows<{ kind: 'downgrade' | 'export'; id: string }>(
    `select 'downgrade' as kind, downgrade_id as id from credit_downgrades where account_id = $1 and status in ('approved', 'noticed')
     union all select 'export', export_id from credit_exports where account_id = $1 and status = any ($2)`,
    [accountId, LIVE_EXPORTS],
  );
  for (const { kind, id } of underWay)
    await tellMatter(tx, { companyId, accountId, kind, subjectId: id }, fact);
}
