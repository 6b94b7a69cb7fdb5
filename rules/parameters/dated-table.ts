import { addDays, type CivilDate } from '../calendar/civil-date.ts';

/** One line of a parameter: a value, the days on which it holds, and who says so. */
export interface DatedValue<T> {
  readonly from: CivilDate;
  /** Last day; null = until further notice. */
  readonly to: CivilDate | null;
  readonly value: T;
  /** Clause id of `docs/regulation/register.md`. */
  readonly clause: string;
  readonly source: string;
}

/** Looks up the line that holds on a day. @throws RangeError for an uncovered date: never a silent fallback */
export type DatedTable<T> = (date: CivilDate) => DatedValue<T>;

/** Builds a dated parameter. @throws RangeError when it is empty, out of order, or its lines leave a gap or overlap */
export function datedTable<T>(name: string, lines: readonly DatedValue<T>[]): DatedTable<T> {
  const fault = (what: string): RangeError => new RangeError(`parameter ${name}: ${what}`);
  if (lines.length === 0) throw fault('has no line');
  lines.forEach((line, i) => {
    const next = lines[i + 1];
    if (line.clause === '' || line.source === '')
      throw fault(`line from ${line.from} names no clause or source`);
    if (line.to !== null && line.to < line.from) throw fault(`line from ${line.from} ends before it begins`);
    if (next === undefined) return;
    if (next.from <= line.from) throw fault(`lines are out of order at ${next.from}`);
    if (line.to === null || next.from <= line.to) throw fault(`lines overlap at ${next.from}`);
    if (next.from !== addDays(line.to, 1)) throw fault(`gap between ${line.to} and ${next.from}`);
  });
  return (date) => {
    const line = lines.find(({ from, to }) => from <= date && (to === null || date <= to));
    if (line === undefined) throw fault(`nothing is known for ${date}`);
    return line;
  };
}
