import { setTimeout as sleep } from 'node:timers/promises';
import { diceOf } from '../../sim/district/dice.ts';
import { startChaos, type Pace, type Target } from './chaos.ts';
import { checkAll, type Verdict } from './check/check-all.ts';
import { handsOf } from './hands.ts';
import { newJournal, type Journal } from './journal.ts';
import { liveOne } from './life.ts';
import { settle } from './settle.ts';
import { timed } from './spent.ts';
import type { Stand } from './stand.ts';

export interface SoakWish {
  readonly cases: number;
  readonly seed: string;
  readonly atOnce: number;
  readonly pace: Pace;
  /** What is killed again and again. */
  readonly targets: readonly Target[];
  /** Number of the first case: a run can be cut in parts and played again in part. */
  readonly first?: number;
  /** Aborted: no further life begins; those that have begun are told to their end. */
  readonly enough?: AbortSignal;
  progress?(ended: number, journal: Journal): void;
}

export interface Soaked {
  readonly journal: Journal;
  readonly verdict: Verdict;
  /** Lives that the run itself could not tell to the end, with the reason. */
  readonly broken: readonly string[];
  /** How many lives were told; fewer than wished where it was enough before. */
  readonly lives: number;
  /** The longest lives, in real seconds: where a run creeps, it is there. */
  readonly longest: readonly { readonly name: string; readonly seconds: number }[];
}

const LIFE_WITHIN_MS = 900_000;

/** A life that does not end holds up the run and hides why. */
async function inTime(life: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const late = sleep(LIFE_WITHIN_MS, undefined, { signal: timer.signal }).then(
    () => {
      throw new Error(`not at its end within ${LIFE_WITHIN_MS / 1000} s`);
    },
    () => undefined,
  );
  try {
    await Promise.race([life, late]);
  } finally {
    timer.abort();
  }
}

/** Lives `cases` lives side by side while worker and API are killed, lets the dust settle, and has the books compared. */
export async function soak(stand: Stand, wish: SoakWish): Promise<Soaked> {
  const journal = newJournal();
  const hands = handsOf(stand, journal);
  const { body } = await hands.post<{ sha256: string }>(
    'reader-zhang',
    '/proofs',
    new TextEncoder().encode('photo'),
  );
  const chaos = startChaos(wish.targets, diceOf(`${wish.seed}/chaos`), journal, wish.pace);
  const broken: string[] = [];
  const lives: { name: string; seconds: number }[] = [];
  let next = wish.first ?? 0;
  const until = next + wish.cases;
  let ended = 0;
  const one = async (): Promise<void> => {
    while (next < until && wish.enough?.aborted !== true) {
      const name = `${wish.seed}/${(next += 1) - 1}`;
      const startedMs = performance.now();
      await timed('whole lives', () => inTime(liveOne(hands, name, body.sha256))).catch((error: unknown) => {
        broken.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      });
      lives.push({ name, seconds: Math.round((performance.now() - startedMs) / 1000) });
      ended += 1;
      wish.progress?.(ended, journal);
    }
  };
  await Promise.all(Array.from({ length: wish.atOnce }, one));
  await chaos.end();
  const { uncarried } = await settle(hands, body.sha256);
  const verdict = await checkAll({
    ...{ databaseUrl: stand.superuserUrl, simUrl: stand.simUrl, namespace: stand.engine.namespace },
    ...{ temporalAddress: stand.engine.address, journal, uncarried },
  });
  const longest = lives.toSorted((a, b) => b.seconds - a.seconds).slice(0, 6);
  return { journal, verdict, broken, lives: ended, longest };
}
