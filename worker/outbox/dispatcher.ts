import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { companyScope } from '../../activities/deps.ts';
import type { OutboxMetrics } from '../../metrics/outbox-metrics.ts';
import { maskPersonal } from '../../rules/text/mask-personal.ts';
import { deliver, type Claimed, type DeliverDeps } from './deliver.ts';

/**
 * What concerns supply has lanes of its own: a crew system that hangs holds up recalls, never a restoration; a subscriber that
 * hangs holds up other subscribers, never a case.
 */
const LANES = [
  { name: 'restorations', kinds: ['start-restore', 'signal-restore'], parallel: 16 },
  { name: 'recalls', kinds: ['stand-down'], parallel: 16 },
  { name: 'cases', kinds: ['signal-case', 'start-report', 'signal-report'], parallel: 16 },
  { name: 'credit', kinds: ['start-matter', 'signal-matter'], parallel: 8 },
  { name: 'rest', kinds: ['webhook'], parallel: 16 },
] as const satisfies readonly { name: string; kinds: readonly Claimed['kind'][]; parallel: number }[];
type Lane = (typeof LANES)[number];

/** A kind without a lane would wait for ever: naming it here is what the type checker asks for. */
type WithoutLane = Exclude<Claimed['kind'], Lane['kinds'][number]>;
export const everyKindHasALane: WithoutLane extends never ? true : WithoutLane = true;

const LEASE_MS = 60_000;
const POLL_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;

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

const backoffMs = (attempts: number): number => Math.min(MAX_BACKOFF_MS, 500 * 2 ** Math.min(attempts, 10));

async function carry(deps: DispatcherDeps, log: Logger, entry: Claimed): Promise<void> {
  const sinceMs = performance.now();
  let error: string | null = null;
  let againInMs: number | null = null;
  try {
    const delivery = await deliver(deps, entry);
    if (delivery !== 'done') againInMs = delivery.againInMs;
  } catch (fault) {
    error = maskPersonal(fault instanceof Error ? fault.message : String(fault));
    againInMs = backoffMs(entry.attempts);
    deps.outboxMetrics?.failed(entry.kind);
    log.warn(
      { key: entry.key, attempts: entry.attempts, error },
      'outbox entry not delivered, will be tried again',
    );
  }
  await deps.db.tx(companyScope(entry), (tx) =>
    againInMs === null
      ? tx.run(`update outbox set done_at = clock_timestamp(), last_error = null where outbox_id = $1`, [
          entry.outboxId,
        ])
      : tx.run(
          `update outbox set next_try_at = clock_timestamp() + $2 * interval '1 ms', last_error = $3 where outbox_id = $1`,
          [entry.outboxId, againInMs, error],
        ),
  );
  if (againInMs === null)
    deps.outboxMetrics?.delivered(entry.kind, entry.ageSeconds + (performance.now() - sinceMs) / 1000);
}

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
  let wakers: (() => void)[] = [];
  // Counts the bells, so that one that rings between looking and sleeping is not slept over.
  let bells = 0;
  const wakeAll = () => {
    bells += 1;
    for (const wake of wakers.splice(0)) wake();
  };
  const listener = await deps.db.listener();
  listener.on('notification', wakeAll);
  // Without notifications the clock still finds every entry.
  listener.on('error', (error) =>
    log.warn({ error: error.message }, 'outbox listener lost; polling goes on'),
  );
  await listener.query('listen fudian_outbox');

  const nap = async (heard: number): Promise<void> => {
    if (bells !== heard) return;
    const woken = new Promise<void>((resolve) => {
      wakers.push(resolve);
    });
    const timer = new AbortController();
    await Promise.race([woken, sleep(POLL_MS, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
  };
  const claim = (lane: Lane, limit: number) =>
    deps.db.tx(companyScope({ companyId }), (tx) => tx.rows<Claimed>(CLAIM, [lane.kinds, LEASE_MS, limit]));

  async function runLane(lane: Lane): Promise<void> {
    const inHand = new Set<Promise<void>>();
    while (!closing.signal.aborted) {
      const heard = bells;
      const free = lane.parallel - inHand.size;
      let claimed: Claimed[] = [];
      try {
        if (free > 0) claimed = await claim(lane, free);
      } catch (error) {
        log.warn({ lane: lane.name, error: String(error) }, 'outbox cannot be read; trying again');
      }
      for (const entry of claimed) {
        const job = carry(deps, log, entry)
          .catch((error: unknown) =>
            log.warn({ key: entry.key, error: String(error) }, 'outbox entry left to its lease'),
          )
          .finally(() => {
            inHand.delete(job);
            wakeAll();
          });
        inHand.add(job);
      }
      if (claimed.length < free || free === 0) await nap(heard);
    }
    await Promise.all(inHand);
  }

  const lanes = LANES.map(runLane);
  return {
    async close() {
      closing.abort();
      wakeAll();
      await Promise.all(lanes);
      wakers = [];
      await listener.end();
    },
  };
}
