import { closeSync, existsSync, openSync } from 'node:fs';
import path from 'node:path';
import type { Systems } from '../../systems/systems.ts';
import { assembleActivities, type Assembly } from '../../worker/assemble.ts';

/** What reads and changes nothing outside: a worker that dies after it has done nothing. */
const READS_ONLY: ReadonlySet<string> = new Set([
  ...['billing.readAccountNow', 'billing.listPaymentsSince', 'sms.find', 'voice.find', 'voice.status'],
  ...[
    'meter.commandStatus',
    'meter.read',
    'fieldWork.read',
    'government.receipt',
    'creditPlatform.stateOf',
    'blobs.get',
    'blobs.put',
  ],
]);

const nothing = {} as Parameters<typeof assembleActivities>[0];

/** Every activity there is, taken from the assembly itself: a new one is here without anybody's doing. */
export const ALL_ACTIVITIES: readonly string[] = [
  ...new Set(Object.values(assembleActivities(nothing)).flatMap((acts) => Object.keys(acts as object))),
].toSorted();

/** Every call to the outside world that changes something there. */
export const OUTSIDE_CALLS = [
  'creditPlatform.report',
  'creditPlatform.withdraw',
  'fieldWork.dispatch',
  'fieldWork.standDown',
  'government.submit',
  'mail.send',
  'meter.command',
  'sms.send',
  'voice.place',
] as const;

/** Dies here, once: what has been done stays done, and nobody has been told. */
export function dieOnce(folder: string, point: string): void {
  const mark = path.join(folder, encodeURIComponent(point));
  if (existsSync(mark)) return;
  closeSync(openSync(mark, 'wx'));
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing more is done.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

type Act = (...args: never[]) => Promise<unknown>;

function dying<T extends object>(acts: T, die: (name: string) => void): T {
  const wrapped = Object.entries(acts).map(([name, act]: [string, unknown]) => {
    if (typeof act !== 'function') return [name, act] as const;
    const run = act as Act;
    return [
      name,
      async (...args: never[]) => {
        const answer = await run(...args);
        die(name);
        return answer;
      },
    ] as const;
  });
  return Object.fromEntries(wrapped) as T;
}

/** Each activity dies once between its work and its completion, of those that are chosen. */
export function dyingActivities(acts: Assembly, folder: string, chosen: ReadonlySet<string>): Assembly {
  const die = (name: string): void => {
    if (chosen.has(name)) dieOnce(folder, name);
  };
  return {
    cases: dying(acts.cases, die),
    live: dying(acts.live, die),
    outbound: dying(acts.outbound, die),
    batch: dying(acts.batch, die),
  };
}

/** Each call outside dies once between the other side's yes and our own note of it. */
export function dyingSystems(systems: Systems, folder: string, chosen: ReadonlySet<string>): Systems {
  const entries = Object.entries(systems).map(([system, port]: [string, unknown]) => [
    system,
    // The anchors are many, behind one activity.
    Array.isArray(port)
      ? port
      : dying(port as object, (name) => {
          const point = `${system}.${name}`;
          if (chosen.has(point) && !READS_ONLY.has(point)) dieOnce(folder, point);
        }),
  ]);
  return Object.fromEntries(entries) as Systems;
}
