import { linkHash } from '../../db/links/put-link.ts';
import type { Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';

/** Whose link it is. */
export interface OpenedLink {
  accountId: string;
  caseId: string | null;
  purpose: string;
}

/** A customer opened the link of a message: somebody knows. Undefined: no such link, or its time is over. */
export function recordLinkOpened(intake: Intake, fact: { token: string }): Promise<OpenedLink | undefined> {
  return intake.db.tx(intake.scope, async (tx) => {
    const hash = linkHash(fact.token);
    const link = await tx.row<{
      account_id: string;
      case_id: string | null;
      purpose: string;
      expires_at: string;
      opened_at: string | null;
    }>('select account_id, case_id, purpose, expires_at, opened_at from links where token_hash = $1', [hash]);
    if (link === undefined) return undefined;
    const account = await takeAccount(tx, { accountId: link.account_id });
    if (Date.parse(link.expires_at) <= account.nowMs) return undefined;
    const opened = { accountId: link.account_id, caseId: link.case_id, purpose: link.purpose };
    if (link.opened_at !== null) return opened;
    const at = new Date(account.nowMs).toISOString();
    await tx.run('update links set opened_at = $2 where token_hash = $1', [hash, at]);
    const factId = hash.toString('hex').slice(0, 32);
    await keepRecord(tx, account, {
      action: 'link.opened',
      factId,
      actor: 'customer',
      occurredAt: at,
      body: { purpose: link.purpose },
    });
    await tellCase(tx, account, 'link', factId);
    return opened;
  });
}
