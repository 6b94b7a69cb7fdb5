import { setTimeout as sleep } from 'node:timers/promises';
import { wholeCompany } from '../../db/database.ts';
import type { Db } from '../../db/database.ts';

const everyMs = 25;
const withinMs = 10_000;

/** What has to come to rest. */
export interface Busy {
  readonly db: Db;
  readonly companyId: string;
  /** How many things the district around still has to do; none when there is no district. */
  readonly waiting?: () => Promise<number>;
}

/**
 * Waits until the outbox and the district have nothing left to do: calls are answered, receipts have come in, signals are out.
 * Gives up after ten seconds: a system that is down stays busy. @returns whether all is quiet
 */
export async function quiet({ db, companyId, waiting }: Busy): Promise<boolean> {
  const deadlineMs = performance.now() + withinMs;
  // Twice, because what the district did last may just have come in.
  for (let calm = 0; calm < 2;) {
    if (performance.now() > deadlineMs) return false;
    const row = await db.tx(wholeCompany(companyId), (tx) =>
      tx.row<{ n: number }>(
        `select count(*)::int as n from outbox where company_id = $1 and done_at is null and kind not in ('stand-down', 'webhook')`,
        [companyId],
      ),
    );
    calm = (row?.n ?? 0) + ((await waiting?.()) ?? 0) === 0 ? calm + 1 : 0;
    if (calm < 2) await sleep(everyMs);
  }
  return true;
}
