import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkAll, type Verdict } from '../soak/check/check-all.ts';
import { handsOf } from '../soak/hands.ts';
import { newJournal } from '../soak/journal.ts';
import { startStand, type Part } from '../soak/stand.ts';
import { REACHED_BY } from './reached-by.ts';
import { recalled, restoredLate, roundTheOutage, switchedRemotely, withoutReceipt } from './told.ts';
import { downgraded, objected, repaired, reportedAndTakenBack } from './told-of-credit.ts';
import { dayOfUpkeep } from './upkeep.ts';

/** Which customers' lives have to be told for the chosen points to be reached. */
export const TELLINGS = {
  ...{ restoredLate, switchedRemotely, withoutReceipt, recalled, roundTheOutage },
  ...{ downgraded, objected, repaired, reportedAndTakenBack },
} as const;

export interface Crashed {
  readonly verdict: Verdict;
  /** Points at which the worker did die. */
  readonly died: readonly string[];
  readonly deaths: number;
  /** Lives that could not be told to the end, with the reason. */
  readonly broken: readonly string[];
}

/** Whoever watches over the process starts it again. */
function supervise(part: Part): { deaths: () => number; end(): void } {
  let [deaths, isOver] = [0, false];
  void (async () => {
    while (!isOver) {
      if (!part.isUp) {
        deaths += 1;
        await part.start();
      }
      await sleep(50);
    }
  })();
  return {
    deaths: () => deaths,
    end: () => {
      isOver = true;
    },
  };
}

/** Tells the lives with a worker that is killed once at each chosen point, and compares all books afterwards. */
export async function runCrashes(
  points: readonly string[],
  tellings: readonly (keyof typeof TELLINGS)[],
): Promise<Crashed> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-deaths-'));
  const stand = await startStand({
    workerScript: 'test/crash/dying-worker.ts',
    workerEnv: { DIES_AT: points.join(','), DIES_IN: folder },
  });
  try {
    const journal = newJournal();
    const hands = handsOf(stand, journal);
    const { body } = await hands.post<{ sha256: string }>(
      'reader-zhang',
      '/proofs',
      new TextEncoder().encode('photo'),
    );
    const broken: string[] = [];
    const watch = supervise(stand.worker);
    try {
      // Each to its end: one that breaks off says why, and takes nothing away from under the others.
      const told = await Promise.allSettled(tellings.map((name) => TELLINGS[name](hands, body.sha256)));
      for (const [n, one] of told.entries())
        if (one.status === 'rejected')
          broken.push(
            `${tellings[n]}: ${one.reason instanceof Error ? one.reason.stack : String(one.reason)}`,
          );
      if (points.some((point) => REACHED_BY[point] === 'upkeep')) await dayOfUpkeep(hands);
    } finally {
      watch.end();
    }
    await sleep(500);
    const verdict = await checkAll({
      ...{ databaseUrl: stand.superuserUrl, simUrl: stand.simUrl, namespace: stand.engine.namespace },
      ...{ temporalAddress: stand.engine.address, journal, uncarried: 0 },
    });
    const died = readdirSync(folder).map(decodeURIComponent).toSorted();
    return { verdict, died, deaths: watch.deaths(), broken };
  } finally {
    await stand.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
