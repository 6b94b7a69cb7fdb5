import type { Tx } from '../../db/database.ts';
import { IntakeRefused } from '../deps.ts';

/** An event of billing's, by its own id and the hash of its words. */
export interface BillingEvent {
  readonly eventId: string;
  readonly sha256: string;
}

/**
 * Remembers an event in the transaction that stores what it tells, so that it is known exactly when that is stored (T2.6).
 * @returns whether it was known before; @throws IntakeRefused `event-differs` (409) where the same id came with other words
 */
export async function knowEvent(tx: Tx, companyId: string, event: BillingEvent): Promise<boolean> {
  const isNew = await tx.run(
    `insert into inbox (company_id, source, fact_key, body_sha256) values ($1, 'billing', $2, $3) on conflict do nothing`,
    [companyId, event.eventId, event.sha256],
  );
  if (isNew > 0) return false;
  const known = await tx.row<{ sha256: string }>(
    `select body_sha256 as sha256 from inbox where company_id = $1 and source = 'billing' and fact_key = $2`,
    [companyId, event.eventId],
  );
  if (known?.sha256 !== event.sha256) throw new IntakeRefused('event-differs', 409);
  return true;
}
