import { appendAudit } from '../../db/audit/append-audit.ts';
import type { Tx } from '../../db/database.ts';

/** An act of the desk that belongs to no single account: a delegation, the weather, the calendar, crews' capacity. */
export interface DeskAct {
  /** Stable verb, e.g. `weather.set`. */
  action: string;
  by: string;
  /** Ids, dates and numbers only. */
  body: Record<string, unknown>;
}

/** Now, by the database; such acts have no case whose clock could run ahead. Epoch ms. */
export async function deskNowMs(tx: Tx): Promise<number> {
  const row = await tx.row<{ now: string }>('select clock_timestamp() as now');
  if (row === undefined) throw new Error('the database does not say what time it is');
  return Date.parse(row.now);
}

/** Writes an act into the company's own append-only history. */
export async function keepDeskRecord(tx: Tx, companyId: string, act: DeskAct): Promise<void> {
  await appendAudit(tx, {
    companyId,
    chainId: `desk/${companyId}`,
    actor: act.by,
    action: act.action,
    body: act.body,
    occurredAt: new Date(await deskNowMs(tx)).toISOString(),
  });
}
