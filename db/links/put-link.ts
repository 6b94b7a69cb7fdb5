import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Tx } from '../database.ts';
import type { Vault } from '../keys/vault.ts';

const RANDOM_BYTES = 12;
/** Length of the random half in base64url; the signature follows it. */
const RANDOM_LETTERS = 16;

/** What the database keeps of a link's token. */
export const linkHash = (token: string): Buffer => createHash('sha256').update(token).digest();

const signatureOf = (vault: Vault, random: string): string =>
  vault.idOf('link', random).slice('link-'.length);

/** Whether a token was made by us: a guess is refused before anything is looked up. */
export function isLinkSigned(vault: Vault, token: string): boolean {
  const given = Buffer.from(token.slice(RANDOM_LETTERS));
  const wanted = Buffer.from(signatureOf(vault, token.slice(0, RANDOM_LETTERS)));
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/**
 * A new link to the customer's own page: random and signed, and nothing about anybody in it. The token leaves in the message
 * or on the paper only; its hash stays, with whose debt it is.
 */
export async function putLink(
  tx: Tx,
  vault: Vault,
  link: {
    companyId: string;
    centreId: string;
    accountId: string;
    caseId: string | null;
    purpose: string;
    /** The notice that the link leaves with to an e-address; reading it proves that it arrived. */
    noticeId?: string;
    /** ISO, case time. */
    expiresAt: string;
  },
): Promise<string> {
  const random = randomBytes(RANDOM_BYTES).toString('base64url');
  const token = `${random}${signatureOf(vault, random)}`;
  await tx.run(
    `insert into links (token_hash, company_id, centre_id, account_id, case_id, purpose, expires_at, notice_id, debtor_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, (select debtor_id from accounts where account_id = $4))`,
    [
      linkHash(token),
      link.companyId,
      link.centreId,
      link.accountId,
      link.caseId,
      link.purpose,
      link.expiresAt,
      link.noticeId ?? null,
    ],
  );
  return token;
}
