import { pino } from 'pino';
import { startTown, type Town } from '../support/town/town.ts';
import { operationsOf, type Document, type Operation } from './document.ts';
import type { Target } from './fuzz.ts';
import { liveIn, type LivedIn } from './lived-in.ts';

/** A lived-in town, what it serves as its own description, and what its processes complained of. */
export interface FuzzTown {
  readonly town: Town;
  readonly lived: LivedIn;
  readonly target: Target;
  readonly operations: readonly Operation[];
  /** Lines of the log that tell of a fault of ours: not of a caller's, nor of a system outside. */
  complaints(): string[];
}

interface Line {
  level: number;
  msg?: string;
  error?: { name?: string; stack?: string };
}

// What is thrown on purpose has these names; anything else that an activity throws comes back for ever.
const ON_PURPOSE = new Set(['ApplicationFailure', 'SystemUnavailable', 'SystemRefused', 'CancelledFailure']);
const isComplaint = ({ msg = '', error }: Line): boolean =>
  ['request failed', 'an answer is not of its schema'].includes(msg) ||
  (msg === 'Activity failed' && !ON_PURPOSE.has(error?.name ?? ''));

/** Starts a town, lives in it for a while, and reads its OpenAPI document as any client does. */
export async function startFuzzTown(): Promise<FuzzTown> {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const town = await startTown({ log });
  const lived = await liveIn(town);
  const document = (await (await fetch(`${town.apiUrl}/openapi.json`)).json()) as Document;
  const tokens = new Map<string, Promise<string>>();
  const target: Target = {
    url: town.apiUrl,
    document,
    token(role) {
      const known = tokens.get(role) ?? town.sim.token(lived.personOf(role));
      tokens.set(role, known);
      return known;
    },
    known: () => lived.known(),
  };
  return {
    ...{ town, lived, target, operations: operationsOf(document) },
    complaints: () =>
      lines.filter((line) => isComplaint(JSON.parse(line) as Line)).map((line) => line.slice(0, 1_500)),
  };
}
