import Table from 'cli-table3';
import { shanghaiText } from '../../rules/calendar/shanghai-time.ts';

/** Where a command writes. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  readonly json: boolean;
}

/** Fen as ¥ with two decimals; nothing for nothing. */
export const yuan = (fen: number | null | undefined): string =>
  fen === null || fen === undefined
    ? ''
    : `¥${(fen / 100).toFixed(2).replace(/\B(?=(\d{3})+(?!\d)\.)/g, ',')}`;

/** An instant as Shanghai reads it; nothing for nothing. */
export const when = (iso: string | null | undefined): string =>
  iso === null || iso === undefined ? '' : shanghaiText(Date.parse(iso));

type Cell = string | number | boolean | null | undefined;

const cellText = (cell: Cell): string => {
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return cell === null || cell === undefined ? '' : String(cell);
};

/** Rows as a table without rules between them. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const drawn = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    chars: Object.fromEntries(
      [
        ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
        ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
      ].map((name) => [name, '']),
    ),
  });
  for (const row of rows) drawn.push(row.map(cellText));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Writes an answer: as it came for machines, as `human` says for people. */
export function show<T>(output: Output, answer: T, human: (answer: T) => string): void {
  output.out(output.json ? JSON.stringify(answer, null, 2) : human(answer));
}
