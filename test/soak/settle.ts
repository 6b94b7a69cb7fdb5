import { setTimeout as sleep } from 'node:timers/promises';
import { wholeCompany } from '../../db/database.ts';
import { COMPANY } from '../support/town/town.ts';
import type { Hands } from './hands.ts';
import { restoreOwed } from './life.ts';
import { patiently } from './time.ts';
import { watchOnce } from './watch.ts';

const ROUNDS = 12;

interface Open {
  stop_id: string;
  account_id: string;
}

const rows = <R>({ stand }: Hands, sql: string): Promise<R[]> =>
  patiently(() => stand.db.tx(wholeCompany(COMPANY), (tx) => tx.rows<R>(sql)));

/** Waits until the outbox has carried everything that concerns a case or a restoration. */
async function carried(hands: Hands): Promise<number> {
  let left = 0;
  for (let tries = 0; tries < 300; tries += 1) {
    const [row] = await rows<{ n: number }>(
      hands,
      `select count(*)::int as n from outbox where done_at is null and kind not in ('webhook')`,
    );
    left = row?.n ?? 0;
    if (left + (await hands.stand.sim.waiting()) === 0) return 0;
    await sleep(200);
  }
  return left;
}

/**
 * The evening after: every system answers again, the daily watch looks once more, crews restore what is owed; until nothing is
 * left to do. @returns what would not be carried
 */
export async function settle(hands: Hands, photo: string): Promise<{ uncarried: number }> {
  await patiently(() => hands.stand.sim.faults.remove());
  await patiently(() => hands.stand.sim.crew.device('online'));
  let uncarried = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    await patiently(() => watchOnce(hands));
    uncarried = await carried(hands);
    const owed = await rows<Open>(
      hands,
      `select stop_id, account_id from restorations join stops using (stop_id, account_id) where in_force order by stop_id`,
    );
    for (const { stop_id: stopId, account_id: accountId } of owed)
      await restoreOwed(hands, accountId, stopId, photo, { lateHours: 0 });
    if (owed.length === 0 && uncarried === 0) break;
  }
  await ended(hands);
  return { uncarried };
}

/** Restorations whose light is back end by themselves in a moment. */
async function ended({ stand }: Hands): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    let running = 0;
    for await (const _ of stand.temporal.workflow.list({
      query: `WorkflowType = 'restoration' and ExecutionStatus = 'Running'`,
    }))
      running += 1;
    if (running === 0) return;
    await sleep(200);
  }
}
