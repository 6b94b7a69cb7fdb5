import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../database.ts';

/** What the database keeps of a link's token. */
export const linkHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A new link to the customer's own page; the token leaves in the message only, its hash stays. */
export async function putLink(
  tx: Tx,
  link: {
    companyId: string;
    centreId: string;
    accountId: string;
    caseId: string | null;
    purpose: string;
    /** The notice that the link leaves with; reading it proves that it arrived. */
    noticeId?: string;
    /** ISO, case time. */
    expiresAt: string;
  },
): Promise<string> {
  const token = randomBytes(18).toString('base64url');
  await tx.run(
    `insert into links (token_hash, company_id, centre_id, account_id, case_id, purpose, expires_at, notice_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
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
