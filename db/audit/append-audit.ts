import { json, type Tx } from '../database.ts';

/** One line of the append-only, hash-linked history of a case (or of an account without one). */
export interface AuditLine {
  companyId: string;
  /** Case id, or account id where there is no case. */
  chainId: string;
  /** Person id, or `fudian` for the procedure itself. */
  actor: string;
  /** Stable verb, e.g. `notice.served`. */
  action: string;
  /** Ids, hashes and numbers only: nothing personal. */
  body: Record<string, unknown>;
  /** Case time, ISO. */
  occurredAt: string;
}

/** Appends one line; the database numbers it and links it to the line before. */
export async function appendAudit(tx: Tx, line: AuditLine): Promise<void> {
  await tx.run(
    `insert into audit (company_id, chain_id, n, actor, action, body, occurred_at, prev_hash, hash)
     values ($1, $2, 0, $3, $4, $5, $6, '', '')`,
    [line.companyId, line.chainId, line.actor, line.action, json(line.body), line.occurredAt],
  );
}
