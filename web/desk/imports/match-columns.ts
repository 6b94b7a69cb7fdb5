import type { ImportColumn } from '../../../api/shapes/import.ts';

/** A header's name as one looks it up: full-width, spaces, marks and the unit do not matter. */
export const lookedUp = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\((?:元|yuan|cny|rmb|kva|千伏安)\)/u, '')
    .replaceAll(/[\s_.:*'"\uFEFF]/g, '');

/** Which field each name of a header stands for; the first of two that mean the same counts. */
export function matchColumns(header: readonly string[], columns: readonly ImportColumn[]): (string | null)[] {
  const fieldOf = new Map(
    columns.flatMap(({ field, names }) => names.map((name) => [lookedUp(name), field])),
  );
  const taken = new Set<string>();
  return header.map((name) => {
    const field = fieldOf.get(lookedUp(name));
    if (field === undefined || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}

/** The header to send: as it stands where nothing was chosen differently, else the names of the fields themselves. */
export function headerFor(
  header: readonly string[],
  chosen: readonly (string | null)[],
  found: readonly (string | null)[],
): string[] {
  if (chosen.every((field, at) => field === found[at])) return [...header];
  return header.map((name, at) => chosen[at] ?? (found[at] === null ? name : `left out ${at + 1}`));
}

/** Needed columns that nobody stands for; `class` stands for class or category. */
export function missingFields(
  chosen: readonly (string | null)[],
  columns: readonly ImportColumn[],
): string[] {
  const has = new Set(chosen);
  const missing = columns
    .filter(({ field, isRequired }) => isRequired && !has.has(field))
    .map(({ field }) => field);
  return has.has('class') || has.has('category') ? missing : [...missing, 'class'];
}

export const doubledFields = (chosen: readonly (string | null)[]): string[] => [
  ...new Set(chosen.filter((field, at): field is string => field !== null && chosen.indexOf(field) !== at)),
];
