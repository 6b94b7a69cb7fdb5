import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { companyScope } from '../../activities/deps.ts';
import type { OutboxMetrics } from '../../metrics/outbox-metrics.ts';
import { maskPersonal } from '../../rules/text/mask-personal.ts';
import { bell, type Bell } from './bell.ts';
import { deliver, type Claimed, type DeliverDeps } from './deliver.ts';

/**
 * What concerns supply has lanes of its own: a crew system that hangs holds up recalls, never a restoration; a subscriber that
 * hangs holds up other subscribers, never a case. While those of supply have work the others go on with few hands, so that on a
 * machine at its limit the light and the crews come first.
 */
const LANES = [
  { name: 'restorations', kinds: ['start-restore', 'signal-restore'], parallel: 16, few: 16 },
  { name: 'recalls', kinds: ['stand-down'], parallel: 16, few: 16 },
  { name: 'cases', kinds: ['signal-case', 'start-report', 'signal-report'], parallel: 16, few: 2 },
  { name: 'credit', kinds: ['start-matter', 'signal-matter'], parallel: 8, few: 1 },
  { name: 'rest', kinds: ['webhook'], parallel: 16, few: 1 },
] as const satisfies readonly {
  name: string;
  kinds: readonly Claimed['kind'][];
  parallel: number;
  /** How many at once while supply has work. */
  few: number;
}[];
type Lane = (typeof LANES)[number];

/** A kind without a lane would wait for ever: naming it here is what the type checker asks for. */
type WithoutLane = Exclude<Claimed['kind'], Lane['kinds'][number]>;
export const everyKindHasALane: WithoutLane extends never ? true : WithoutLane = true;

const LEASE_MS = 60_000;
const POLL_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;
const GULP_MS = 20;
/** Whatever comes so soon after another is one of many. */
const BUSY_MS = 100;
/** So long after the last of them supply still counts as having work. */
const SUPPLY_MS = 200;

/**
 * Takes due entries of a lane for a while, those first that are due the longest: what fails again and again never goes before
 * what is new. `skip locked` lets several workers share one queue.
 */
const CLAIM = `
update outbox o set attempts = attempts + 1, next_try_at = clock_timestamp() + $2 * interval '1 ms'
 where outbox_id in (
   select outbox_id from outbox
    where done_at is null and kind = any ($1) and next_try_at <= clock_timestamp()
    order by priority, next_try_at limit $3 for update skip locked)
returning outbox_id as "outboxId", company_id as "companyId", kind, outbox_key as key, payload, attempts,
          extract(epoch from clock_timestamp() - recorded_at)::float8 as "ageSeconds"`;

interface Again {
  readonly againInMs: number;
  readonly error: string | null;
}

const backoffMs = (attempts: number): number => Math.min(MAX_BACKOFF_MS, 500 * 2 ** Math.min(attempts, 10));

/** Carries one entry. @returns null when it is delivered, else when and why it is tried again */
async function carry(deps: DispatcherDeps, log: Logger, entry: Claimed): Promise<Again | null> {
  const sinceMs = performance.now();
  try {
    const delivery = await deliver(deps, entry);
    if (delivery !== 'done') return { againInMs: delivery.againInMs, error: null };
    deps.outboxMetrics?.delivered(entry.kind, entry.ageSeconds + (performance.now() - sinceMs) / 1000);
    return null;
  } catch (fault) {
    const error = maskPersonal(fault instanceof Error ? fault.message : String(fault));
    deps.outboxMetrics?.failed(entry.kind);
    log.warn(
      { key: entry.key, attempts: entry.attempts, error },
      'outbox entry not delivered, will be tried again',
    );
    return { againInMs: backoffMs(entry.attempts), error };
  }
}

const postpone = (deps: DispatcherDeps, entry: Claimed, { againInMs, error }: Again): Promise<number> =>
  deps.db.tx(companyScope(entry), (tx) =>
    tx.run(
      `update outbox set next_try_at = clock_timestamp() + $2 * interval '1 ms', last_error = $3 where outbox_id = $1`,
      [entry.outboxId, againInMs, error],
    ),
  );

const tickOff = (deps: DispatcherDeps, companyId: string, outboxIds: readonly number[]): Promise<number> =>
  deps.db.tx(companyScope({ companyId }), (tx) =>
    tx.run(
      'update outbox set done_at = clock_timestamp(), last_error = null where outbox_id = any ($1::bigint[])',
      [outboxIds],
    ),
  );

export interface DispatcherDeps extends DeliverDeps {
  readonly outboxMetrics?: OutboxMetrics;
}

export interface Dispatcher {
  /** Ends after what is in hand has been carried. */
  close(): Promise<void>;
}

/** Carries the outbox of one company: at least once, urgent first, woken by the database and by the clock. */
export async function startDispatcher(
  deps: DispatcherDeps,
  companyId: string,
  log: Logger,
): Promise<Dispatcher> {
  const closing = new AbortController();
  const bells = LANES.map(() => bell());
  const listener = await deps.db.listener();
  listener.on('notification', ({ payload }) => {
    for (const [n, lane] of LANES.entries())
      if (payload === undefined || lane.kinds.some((kind) => kind === payload)) bells[n]?.ring();
  });
  // Without notifications the clock still finds every entry.
  listener.on('error', (error) =>
    log.warn({ error: error.message }, 'outbox listener lost; polling goes on'),
  );
  await listener.query('listen fudian_outbox');

  const claim = (lane: Lane, limit: number) =>
    deps.db.tx(companyScope({ companyId }), (tx) => tx.rows<Claimed>(CLAIM, [lane.kinds, LEASE_MS, limit]));

  let supplyAtMs = Number.NEGATIVE_INFINITY;
  const handsOf = (lane: Lane): number =>
    performance.now() - supplyAtMs < SUPPLY_MS ? lane.few : lane.parallel;

  async function runLane(lane: Lane, own: Bell): Promise<void> {
    const isOfSupply = lane.few === lane.parallel;
    const inHand = new Set<Promise<void>>();
    let delivered: number[] = [];
    let isBacklog = false;
    let askedAtMs = 0;
    // What was carried is ticked off together; what is not ticked off in time is carried once more, under the same key.
    const tick = async (): Promise<void> => {
      const ids = delivered;
      delivered = [];
      if (ids.length === 0) return;
      try {
        await tickOff(deps, companyId, ids);
      } catch (error) {
        delivered.push(...ids);
        throw error;
      }
    };
    const take = (entry: Claimed): void => {
      const job = carry(deps, log, entry)
        .then((again) =>
          again === null ? void delivered.push(entry.outboxId) : postpone(deps, entry, again),
        )
        .then(() => undefined)
        .catch((error: unknown) =>
          log.warn({ key: entry.key, error: String(error) }, 'outbox entry left to its lease'),
        )
        .finally(() => {
          inHand.delete(job);
          own.ring();
        });
      inHand.add(job);
    };
    while (!closing.signal.aborted) {
      const heard = own.heard();
      try {
        await tick();
        // What comes in numbers is taken in gulps: a moment for more to come, or more hands to be free, before the queue is asked again.
        const isBusy = performance.now() - askedAtMs < BUSY_MS;
        if (isBacklog ? inHand.size > handsOf(lane) / 2 : isBusy) await sleep(GULP_MS);
        const free = handsOf(lane) - inHand.size;
        if (free > 0) {
          const claimed = await claim(lane, free);
          if (claimed.length > 0) askedAtMs = performance.now();
          if (claimed.length > 0 && isOfSupply) supplyAtMs = askedAtMs;
          isBacklog = claimed.length === free;
          for (const entry of claimed) take(entry);
        }
      } catch (error) {
        log.warn({ lane: lane.name, error: String(error) }, 'outbox cannot be read; trying again');
      }
      await own.nap(heard, POLL_MS);
    }
    await Promise.all(inHand);
    await tick().catch((error: unknown) =>
      log.warn({ lane: lane.name, error: String(error) }, 'outbox entries left to their lease'),
    );
  }

  const lanes = LANES.map((lane, n) => runLane(lane, bells[n] ?? bell()));
  return {
    async close() {
      closing.abort();
      for (const one of bells) one.ring();
      await Promise.all(lanes);
      await listener.end();
    },
  };
}
