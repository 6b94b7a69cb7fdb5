import { setTimeout as sleep } from 'node:timers/promises';
import { wholeCompany } from '../../db/database.ts';
import { WHEREABOUTS, type Whereabouts } from '../../workflows/messages.ts';
import { COMPANY } from '../support/town/town.ts';
import { timed } from './spent.ts';
import type { Stand } from './stand.ts';

/** A workflow whose time the run moves, with its account's clock. */
export interface Moved {
  readonly stand: Stand;
  readonly accountId: string;
  readonly workflowId: string;
  /** How far the account's clock ran ahead when the workflow was started. */
  readonly startedAheadMs: number;
}

/** Where it stands; `nowMs` is case time as the workflow has it. null whereabouts: it has ended. */
export interface Standing {
  readonly nowMs: number;
  /** How far the workflow's own clock runs ahead of real time. */
  readonly offsetMs: number;
  readonly whereabouts: Whereabouts | null;
}

const SETTLE_MS = 6_000;
const PAST_THE_WAKE_MS = 1_000;
const BUSY_STEP_MS = 600_000;
const PATIENCE_MS = 120_000;

/** Tries again while the engine or its worker is away. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
      await sleep(500);
    }
  }
}

export const offsetOf = (stand: Stand, accountId: string): Promise<number> =>
  patiently(() =>
    stand.db.tx(wholeCompany(COMPANY), async (tx) => {
      const row = await tx.row<{ offset_ms: number }>(
        'select offset_ms from case_clocks where account_id = $1',
        [accountId],
      );
      return row?.offset_ms ?? 0;
    }),
  );

const setOffset = (of: Moved, offsetMs: number): Promise<number> =>
  patiently(() =>
    of.stand.db.tx(wholeCompany(COMPANY), (tx) =>
      tx.run(
        `insert into case_clocks (company_id, account_id, offset_ms) values ($1, $2, $3)
         on conflict (account_id) do update set offset_ms = greatest(case_clocks.offset_ms, excluded.offset_ms)`,
        [COMPANY, of.accountId, Math.round(offsetMs)],
      ),
    ),
  );

/** Only the account's clock: nothing runs for it. */
export async function moveClock(stand: Stand, accountId: string, byMs: number): Promise<void> {
  const of = { stand, accountId, workflowId: '', startedAheadMs: 0 };
  await setOffset(of, (await offsetOf(stand, accountId)) + byMs);
}

async function read(of: Moved): Promise<Standing> {
  const { stand, workflowId, accountId, startedAheadMs } = of;
  const ended = async (): Promise<Standing> => ({
    nowMs: Date.now() + (await offsetOf(stand, accountId)),
    offsetMs: 0,
    whereabouts: null,
  });
  return patiently(async () => {
    const { running, clockMs, offsetMs } = await stand.engine.clock(workflowId);
    if (!running) return ended();
    try {
      const handle = stand.temporal.workflow.getHandle(workflowId);
      const whereabouts = await handle.query<Whereabouts>(WHEREABOUTS);
      return { nowMs: clockMs + startedAheadMs, offsetMs, whereabouts };
    } catch (error) {
      if ((await stand.engine.clock(workflowId)).running) throw error;
      return ended();
    }
  });
}

/** Waits a while until what was due is done; what tries the outside world for minutes is left at it. */
export const settled = (of: Moved): Promise<Standing> => timed('settling', () => untilSettled(of));

async function untilSettled(of: Moved): Promise<Standing> {
  const deadlineMs = performance.now() + SETTLE_MS;
  for (;;) {
    const at = await read(of);
    const wakeMs = at.whereabouts?.nextWakeMs ?? null;
    if (at.whereabouts === null || wakeMs === null || wakeMs > at.nowMs) return at;
    if (performance.now() > deadlineMs) return at;
    await sleep(60);
  }
}

/** Moves by one step: to the next planned moment, or `longestMs`. The account's clock never falls behind the workflow's. */
export async function step(of: Moved, longestMs: number): Promise<Standing> {
  const at = await settled(of);
  if (at.whereabouts === null) return at;
  const wakeMs = at.whereabouts.nextWakeMs;
  const isBusy = wakeMs !== null && wakeMs < at.nowMs;
  const aheadMs = wakeMs === null ? longestMs : isBusy ? BUSY_STEP_MS : wakeMs - at.nowMs + PAST_THE_WAKE_MS;
  const byMs = Math.ceil(Math.min(aheadMs, longestMs));
  const { stand, workflowId } = of;
  const { engine } = stand;
  await setOffset(of, of.startedAheadMs + at.offsetMs + byMs);
  try {
    const moved = await timed('forward', () => engine.fastForward(workflowId, byMs));
    // On a busy machine the engine now and then runs past the target to the next timer (tools/fast-forward/move-case.ts).
    if (moved.outcome === 'moved') await setOffset(of, of.startedAheadMs + moved.offsetMs);
  } catch {
    // Something stays open for longer than a minute, or the engine is away: time stands still for this one until it is back.
    const after = await patiently(() => engine.clock(workflowId));
    if (after.running) await setOffset(of, of.startedAheadMs + after.offsetMs);
  }
  return settled(of);
}

/** Moves by so much, whatever fires on the way; a workflow that ends on the way ends it. */
export async function advance(of: Moved, byMs: number): Promise<void> {
  const untilMs = Date.now() + (await offsetOf(of.stand, of.accountId)) + byMs;
  for (let left = byMs; left > 0;) {
    const at = await step(of, Math.max(1_000, left));
    if (at.whereabouts === null) return moveClock(of.stand, of.accountId, Math.max(0, untilMs - at.nowMs));
    left = untilMs - at.nowMs;
  }
}
