import { closeDowngrades, GONE, type GoneDowngrade } from '../../../db/credit/close-downgrades.ts';
import type { Tx } from '../../../db/database.ts';
import type { Vault } from '../../../db/keys/vault.ts';
import type { AccountInHand } from '../../take-account.ts';
import { withdrawLiveExports } from '../exports/withdraw-export.ts';
import { regradeNow } from '../regrade-now.ts';
import { putBack } from './put-back.ts';
import { recountMonths } from './recount-months.ts';
import { undoDowngrades } from './undo-downgrades.ts';

/** Why everything that harmed a customer is taken back. */
export interface Harm {
  /** `objection/<id>`, `stop/<id>`, `hold/<id>` … */
  factId: string;
  cause: 'objection-upheld' | 'wrongful-stop' | 'mistake' | 'decision-withdrawn';
  /** Records that were wrong; they stay, and count no more. */
  recordIds: readonly string[];
  /** Reports that were objected to themselves. */
  exportIds?: readonly string[];
  /** The score itself was wrong: a person's adjustment of it counts no more. */
  endsAdjustment?: boolean;
  /** In words; sealed. */
  reason: string;
  by: string;
}

/** Moves down that wait are gone; one that was told already is called back in writing by its own workflow. */
async function withdrawDowngrades(tx: Tx, account: AccountInHand, harm: Harm): Promise<void> {
  const gone = await tx.rows<GoneDowngrade>(
    `update credit_downgrades q set status = 'withdrawn', ended_reason = $2
      where q.account_id = $1 and q.status in ('queued', 'approved', 'noticed') returning ${GONE}`,
    [account.accountId, harm.cause],
  );
  await closeDowngrades(tx, gone, harm.factId);
}

async function annul(tx: Tx, vault: Vault, account: AccountInHand, harm: Harm): Promise<void> {
  for (const recordId of harm.recordIds)
    await tx.run(
      `insert into credit_annulments (record_id, company_id, centre_id, account_id, cause, reason_enc, annulled_by)
       select record_id, company_id, centre_id, account_id, $3, $4, $5 from credit_records
        where record_id = $1 and account_id = $2 on conflict do nothing`,
      [recordId, account.accountId, harm.cause, vault.seal(harm.reason), harm.by],
    );
}

async function endAdjustments(tx: Tx, accountId: string): Promise<string[]> {
  const ended = await tx.rows<{ id: string }>(
    `update credit_adjustments set status = 'ended' where account_id = $1 and status = 'accepted' and points < 0
      returning adjustment_id as id`,
    [accountId],
  );
  return ended.map(({ id }) => id);
}

/**
 * Takes back whatever a wrong fact did to a customer: records annulled, downgrades and reports withdrawn, the customer judged
 * anew at once (L5). What the correct facts still say stays, or waits for a person where it was never decided (L7).
 */
export async function mendHarm(tx: Tx, vault: Vault, account: AccountInHand, harm: Harm): Promise<void> {
  await annul(tx, vault, account, harm);
  await withdrawDowngrades(tx, account, harm);
  await withdrawLiveExports(tx, account, {
    ...{ reason: harm.cause, by: harm.by },
    exportIds: harm.exportIds ?? [],
  });
  const adjustmentIds = harm.endsAdjustment === true ? await endAdjustments(tx, account.accountId) : [];
  await putBack(tx, account, { recordIds: harm.recordIds, adjustmentIds }, harm);
  await regradeNow(tx, account, { cause: 'objection', factId: harm.factId, by: harm.by });
  await recountMonths(tx, account, harm.recordIds);
  await undoDowngrades(tx, account, harm.cause);
}
