import type { Fault } from './fuzz.ts';

const MOST = 600;

/** Each kind of fault once, with a request that shows it; as lines to read. */
export function wordsOf(faults: readonly Fault[]): string[] {
  const byKind = new Map<string, Fault>();
  for (const one of faults) {
    const kind = `${one.operation} ${one.fault.replaceAll(/[\w-]{20,}/g, '…').slice(0, MOST)}`;
    if (!byKind.has(kind)) byKind.set(kind, one);
  }
  return [...byKind].map(([kind, { role, wire }]) => {
    const body = typeof wire.body === 'string' ? wire.body.slice(0, MOST) : `${wire.body?.length ?? 0} bytes`;
    return `${kind}\n  as ${role}: ${wire.method} ${wire.address.slice(0, MOST)} ${JSON.stringify(wire.headers)} ${body}`;
  });
}
