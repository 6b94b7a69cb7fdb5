import { fc, seed } from '../support/property.ts';
import type { Document, Operation } from './document.ts';
import { judgeOf, type Answer } from './judge.ts';
import { requestsOf, type Kind, type Wire } from './requests.ts';
import type { Known } from './values.ts';

/** One answer that the document does not allow, with the request that got it. */
export interface Fault {
  readonly operation: string;
  readonly role: string;
  readonly fault: string;
  readonly wire: Wire;
}

export interface Fuzzed {
  readonly faults: readonly Fault[];
  readonly requests: number;
  /** How many answers had a status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Operations that did what they were asked at least once. */
  readonly succeeded: ReadonlySet<string>;
}

export interface Target {
  readonly url: string;
  readonly document: Document;
  token(role: string): Promise<string>;
  /** What there is by now; read anew for each operation. */
  known(): Promise<Known>;
}

const PATIENCE_MS = 60_000;

/** A number of its own for each operation and role, so that one of them alone can be played again. */
export const seedFor = (name: string): number =>
  [...name].reduce((hash, letter) => Math.trunc(hash * 31 + letter.codePointAt(0)!) % 2 ** 31, seed);

/** Sends one request under a token. */
export async function ask(target: Target, wire: Wire, token: string): Promise<Answer> {
  const response = await fetch(`${target.url}${wire.address}`, {
    method: wire.method,
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { authorization: `Bearer ${token}`, ...wire.headers },
    ...(wire.body === undefined
      ? {}
      : { body: typeof wire.body === 'string' ? wire.body : Buffer.from(wire.body) }),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}

const isStream = (operation: Operation): boolean =>
  operation.responses['200']?.content?.['text/event-stream'] !== undefined;

/**
 * Asks every operation of a served document, `examples.fitting` times as each of its roles, with broken requests as one of
 * them, and judges each answer by the document. The same seed makes the same requests, but for ids that a town makes anew.
 */
export async function fuzz(
  target: Target,
  operations: readonly Operation[],
  examples: Readonly<Record<Kind, number>>,
  seen: (operation: Operation) => void = () => undefined,
): Promise<Fuzzed> {
  const judge = judgeOf(target.document);
  const faults: Fault[] = [];
  const statuses: Record<number, number> = {};
  const succeeded = new Set<string>();
  let requests = 0;

  async function play(operation: Operation, role: string, wire: Wire): Promise<void> {
    const token = await target.token(role);
    // The same key again is the same act: a connection that the other side had just given up proves nothing.
    const answer = await ask(target, wire, token)
      .catch(() => ask(target, wire, token))
      .catch((error: unknown) => String(error));
    requests += 1;
    const note = (fault: string) => faults.push({ operation: operation.operationId, role, fault, wire });
    if (typeof answer === 'string') return void note(`no answer: ${answer}`);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    if (answer.status < 300) succeeded.add(operation.operationId);
    for (const fault of judge.faultsOf(operation, wire, answer)) note(fault);
  }

  // What only follows an endless stream answers when it ends; its own tests listen to it.
  for (const operation of operations.filter((one) => !isStream(one))) {
    const known = await target.known();
    const askAs = async (role: string, kind: Kind, count: number): Promise<void> => {
      const wires = fc.sample(requestsOf(target.document, operation, kind, known), {
        numRuns: count,
        seed: seedFor(`${operation.operationId} ${role} ${kind}`),
      });
      for (const wire of wires) await play(operation, role, wire);
    };
    const turn = Math.abs(seedFor(operation.operationId)) % operation.roles.length;
    // Everybody at once, as it happens: what two roles do to one thing at the same moment is a part of it.
    await Promise.all([
      ...operation.roles.map((role) => askAs(role, 'fitting', examples.fitting)),
      // A shape is refused before it is asked whose it is: one role will do.
      ...(['near', 'wild'] as const).map((kind) => askAs(operation.roles[turn] ?? '', kind, examples[kind])),
    ]);
    seen(operation);
  }
  return { faults, requests, statuses, succeeded };
}
