import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** One row of a table of a document: its cells, without the bars. */
export type Row = readonly string[];

/** A file that a cell names, and the words that should stand in it. */
export interface Named {
  readonly file: string;
  readonly words: string | undefined;
}

export const readDoc = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** All rows of all tables, heads and rules left out. */
export function rowsOf(text: string): Row[] {
  const lines = text.split('\n');
  return lines
    .filter((line, at) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line) && !isHead(lines, at))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim()),
    );
}

const isHead = (lines: readonly string[], at: number): boolean => /^\|[\s|:-]+\|$/.test(lines[at + 1] ?? '');

/** Files in back-quotes, each with the words in quotes behind it. */
export const namedIn = (cell: string): Named[] =>
  [...cell.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.\w+)`(?: "([^"]+)")?/g)].map(([, file = '', words]) => ({
    file,
    words,
  }));

/** What is wrong with the files that a cell names: one that is missing, or words that do not stand in it. */
export function faultsOf(cell: string, needle?: string): string[] {
  return namedIn(cell).flatMap(({ file, words }) => {
    const full = path.join(root, file);
    if (!existsSync(full)) return [`${file} does not exist`];
    const wanted = words ?? needle;
    const isThere = wanted === undefined || readFileSync(full, 'utf8').includes(wanted);
    return isThere ? [] : [`${file} does not say: ${wanted}`];
  });
}
