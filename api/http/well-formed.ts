import type { FieldFault } from './problem.ts';

const NOT_TEXT = 'not text: it holds a NUL or half a character';
const isText = (value: string): boolean => value.isWellFormed() && !value.includes('\u0000');

/** Every text in a value that no database takes as text, by its path: with a NUL in it, or half of a surrogate pair. */
export function textFaults(where: string, value: unknown): FieldFault[] {
  if (typeof value === 'string') return isText(value) ? [] : [{ field: where, reason: NOT_TEXT }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    isText(key) ? textFaults(`${where}.${key}`, inner) : [{ field: where, reason: NOT_TEXT }],
  );
}
