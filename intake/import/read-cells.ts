import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { amountFen, dayOf, monthOf, plain, textOf } from './cells.ts';
import type { Field, Header } from './columns.ts';
import type { Fault, RejectCode } from './reject-texts.ts';
import { lookUp, type Words } from './words.ts';

/** Reads the cells of one row and gathers what is wrong with them; a value that cannot be read comes back as a stand-in. */
export interface CellReader {
  readonly faults: Fault[];
  fault(field: Field, code: RejectCode, params?: Record<string, number>): void;
  has(field: Field): boolean;
  /** '' when empty or without a column. */
  text(field: Field, most: number): string;
  /** In plain form, for numbers and codes. */
  code(field: Field, most: number): string;
  amount(field: Field): number;
  day(field: Field): CivilDate | undefined;
  month(field: Field): string | undefined;
  word<T>(field: Field, words: Words<T>): T | undefined;
}

/** A reader over one row. */
export function cellReader(
  header: Header,
  cells: readonly string[],
  required: ReadonlySet<Field>,
): CellReader {
  const faults: Fault[] = [];
  const fault: CellReader['fault'] = (field, code, params) =>
    void faults.push({ field, code, ...(params && { params }) });
  const raw = (field: Field): string => {
    const index = header.at.get(field);
    return index === undefined ? '' : (cells[index] ?? '');
  };
  const checked = (field: Field, value: string, most: number): string => {
    // A column that the file does not have at all was asked for, or not, when its header was read.
    if (value === '' && required.has(field) && header.at.has(field)) fault(field, 'required');
    // NUL has no place in a text column.
    if (/[\uFFFD\0]/.test(value)) fault(field, 'not-readable');
    else if (value.length > most) fault(field, 'too-long', { most });
    return value;
  };
  const parsed = <T>(
    field: Field,
    parse: (cell: string) => T | undefined,
    code: RejectCode,
  ): T | undefined => {
    const value = checked(field, plain(raw(field)), 60);
    if (value === '') return undefined;
    const answer = parse(value);
    if (answer === undefined) fault(field, code);
    return answer;
  };
  return {
    faults,
    fault,
    has: (field) => header.at.has(field),
    text: (field, most) => checked(field, textOf(raw(field)), most),
    code(field, most) {
      const value = checked(field, plain(raw(field)), most);
      if (/^\d(\.\d+)?e\+\d+$/i.test(value)) fault(field, 'digits-lost');
      return value;
    },
    amount(field) {
      const fen = parsed(field, amountFen, 'not-an-amount');
      if (fen === 'negative') fault(field, 'negative-amount');
      return typeof fen === 'number' ? fen : 0;
    },
    day: (field) => parsed(field, dayOf, 'not-a-date'),
    month: (field) => parsed(field, monthOf, 'not-a-month'),
    word: (field, words) => parsed(field, (cell) => lookUp(words, cell), 'unknown-word'),
  };
}
