import { isLinkSigned, linkHash } from '../../db/links/put-link.ts';
import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import type { Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { storeService } from '../service/record-service.ts';
import { takeAccount } from '../take-account.ts';

/** Whose link it is. */
export interface OpenedLink {
  accountId: string;
  caseId: string | null;
  purpose: string;
  /** ISO, case time. */
  expiresAt: string;
  /** When the customer said that the notice was read; null before. */
  readAt: string | null;
}

interface LinkRow {
  account_id: string;
  case_id: string | null;
  purpose: string;
  expires_at: string;
  opened_at: string | null;
  notice_id: string | null;
}

/** A link that was taken back is none, and neither is one of whoever owed before the contract changed hands. */
const LINK = `
select l.account_id, l.case_id, l.purpose, l.expires_at, l.opened_at, l.notice_id
  from links l join accounts a using (account_id)
 where l.token_hash = $1 and l.revoked_at is null and (l.debtor_id is null or l.debtor_id = a.debtor_id)`;

async function readLink(tx: Tx, vault: Vault, token: string): Promise<LinkRow | undefined> {
  return isLinkSigned(vault, token) ? tx.row<LinkRow>(LINK, [linkHash(token)]) : undefined;
}

const openedOf = (link: LinkRow): OpenedLink => ({
  accountId: link.account_id,
  caseId: link.case_id,
  purpose: link.purpose,
  expiresAt: link.expires_at,
  readAt: link.opened_at,
});

/** The notice behind a link, when it left for an e-address and nothing has proven its arrival yet. */
const SENT = `
select 1 from notices n where n.notice_id = $1 and n.status = 'prepared'
   and exists (select from messages m where m.notice_id = n.notice_id and m.channel in ('sms', 'email'))`;

/** Looks whose link it is, without taking that for a contact. Undefined: no such link, or its time is over. */
export function findLink(intake: Intake, token: string): Promise<OpenedLink | undefined> {
  return intake.db.tx(intake.scope, async (tx) => {
    const link = await readLink(tx, intake.vault, token);
    if (link === undefined) return undefined;
    const account = await takeAccount(tx, { accountId: link.account_id });
    if (Date.parse(link.expires_at) <= account.nowMs) return undefined;
    return openedOf(link);
  });
}

/**
 * A customer says behind the link of a message that the notice was read: somebody knows, and what left for an agreed e-address
 * has arrived (L8). Undefined: no such link, or its time is over.
 */
export function recordLinkOpened(intake: Intake, fact: { token: string }): Promise<OpenedLink | undefined> {
  return intake.db.tx(intake.scope, async (tx) => {
    const hash = linkHash(fact.token);
    const link = await readLink(tx, intake.vault, fact.token);
    if (link === undefined) return undefined;
    const account = await takeAccount(tx, { accountId: link.account_id });
    if (Date.parse(link.expires_at) <= account.nowMs) return undefined;
    const opened = openedOf(link);
    const at = new Date(account.nowMs).toISOString();
    const isFirst = await tx.run(
      'update links set opened_at = $2 where token_hash = $1 and opened_at is null',
      [hash, at],
    );
    if (isFirst === 0) return opened;
    const factId = hash.toString('hex').slice(0, 32);
    await keepRecord(tx, account, {
      action: 'link.opened',
      factId,
      actor: 'customer',
      occurredAt: at,
      body: { purpose: link.purpose },
    });
    if (link.notice_id !== null && (await tx.row(SENT, [link.notice_id])) !== undefined)
      await storeService(tx, intake.vault, {
        noticeId: link.notice_id,
        method: 'electronic',
        by: 'customer',
        proofs: [],
        receipt: 'delivered',
      });
    return opened;
  });
}
