import type { Tx } from '../../../db/database.ts';
import { LIVE_EXPORTS } from '../../../rules/credit/matter-acts.ts';
import type { Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import type { AccountInHand } from '../../take-account.ts';
import { tellMatter } from '../tell-matter.ts';
import { takeExport } from './approve-export.ts';

async function withdraw(
  tx: Tx,
  account: AccountInHand,
  fact: { exportId: string; reason: string; by: string },
): Promise<void> {
  const at = new Date(account.nowMs).toISOString();
  await tx.run(
    `update credit_exports set status = 'withdrawing', withdraw_reason = $2, withdrawn_by = $3 where export_id = $1`,
    [fact.exportId, fact.reason, fact.by],
  );
  await tx.run(
    `update tasks set done_at = $2, outcome = 'withdrawn' where task_id = any ($1) and done_at is null`,
    [[`task/sign/${fact.exportId}`, `task/letter/publication-notice/${fact.exportId}`], at],
  );
  await tellMatter(
    tx,
    { ...account, kind: 'export', subjectId: fact.exportId },
    { kind: 'withdrawn', factId: fact.exportId },
  );
  await keepRecord(tx, account, {
    ...{ action: 'credit.export-withdrawn', factId: fact.exportId, actor: fact.by, occurredAt: at },
    body: { exportId: fact.exportId, reason: fact.reason },
  });
}

/** Takes a report back, wherever it is by now; the withdrawal travels to the platform too (H4). @throws IntakeRefused `unknown-export` (404) */
export function withdrawExport(
  intake: Intake,
  fact: { exportId: string; reason: string; by: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, row } = await takeExport(tx, fact.exportId);
    if (LIVE_EXPORTS.includes(row.status)) await withdraw(tx, account, fact);
  });
}

/** Takes back everything that was reported, or is about to be, of one customer; a commitment only where its report was named. */
export async function withdrawLiveExports(
  tx: Tx,
  account: AccountInHand,
  why: { reason: string; by: string; exportIds?: readonly string[] },
): Promise<void> {
  const live = await tx.rows<{ export_id: string }>(
    `select export_id from credit_exports
      where account_id = $1 and (kind <> 'commitment' or export_id = any ($3)) and status = any ($2) for update`,
    [account.accountId, LIVE_EXPORTS, why.exportIds ?? []],
  );
  for (const { export_id: exportId } of live)
    await withdraw(tx, account, { exportId, reason: why.reason, by: why.by });
}
