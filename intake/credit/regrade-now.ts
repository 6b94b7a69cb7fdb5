import type { Tx } from '../../db/database.ts';
import { keepRecord } from '../keep-record.ts';
import type { AccountInHand } from '../take-account.ts';
import { judgeNow } from './judge-now.ts';

/** Judges one customer anew in the same breath, because what they were judged by has changed (G2.1, K5.3, L5). */
export async function regradeNow(
  tx: Tx,
  account: AccountInHand,
  why: { cause: 'objection' | 'repair' | 'major-change'; factId: string; by: string },
): Promise<void> {
  const { companyId, accountId, nowMs } = account;
  await judgeNow(tx, { companyId, accountId, cause: why.cause, nowMs });
  await keepRecord(tx, account, {
    action: 'credit.judged-anew',
    factId: `${accountId}/${why.factId}`,
    actor: why.by,
    occurredAt: new Date(nowMs).toISOString(),
    body: { cause: why.cause, factId: why.factId },
    silent: true,
  });
}
