import { Problem } from './problem.ts';

/** Where a page begins: the sort keys of the last row before it. @throws Problem 400 `invalid-cursor` */
export function readCursor(cursor: string | undefined, keys: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.length === keys && values.every((value) => typeof value === 'string'))
      return values;
  } catch {
    // Falls through to the problem.
  }
  throw new Problem(400, 'invalid-cursor');
}

const writeCursor = (keys: readonly string[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

/** A page from rows that were read with one more than asked for. */
export function page<T>(
  rows: readonly T[],
  limit: number,
  keysOf: (row: T) => readonly string[],
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? writeCursor(keysOf(last)) : null };
}
