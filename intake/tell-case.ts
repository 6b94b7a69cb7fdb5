import type { Tx } from '../db/database.ts';
import { putOutbox } from '../db/outbox/put-outbox.ts';
import type { AccountInHand } from './take-account.ts';

/** Lets the open case look at a stored fact; without an open case there is nobody to tell. */
export async function tellCase(tx: Tx, account: AccountInHand, kind: string, factId: string): Promise<void> {
  if (account.openCase === null) return;
  await putOutbox(tx, account.companyId, {
    kind: 'signal-case',
    key: `signal-case/${account.openCase.caseId}/${kind}/${factId}`,
    payload: { accountId: account.accountId, caseId: account.openCase.caseId, signal: { kind, factId } },
  });
}
