/** One record of a CSV file. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** A quote that does not close, or text behind a closing quote: only this line is lost, never the file. */
  readonly broken: boolean;
}

/** A quoted cell longer than this was never closed. Letters. */
const MAX_QUOTED = 8_192;

interface Scanned {
  record: CsvRecord;
  next: number;
}

const lineOf = (text: string, from: number, to: number): string =>
  text.slice(from, text[to - 1] === '\r' ? to - 1 : to);

/** The end of a quoted cell that begins at `from`: index of its closing quote, -1 = not there yet. */
function closingQuote(text: string, from: number): number {
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || text[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}

/** Reads a record with quotes; undefined: its end is not there yet; 'broken': it cannot be read. */
function scanQuoted(
  text: string,
  from: number,
  delimiter: string,
  isLast: boolean,
): Scanned | 'broken' | undefined {
  const cells: string[] = [];
  for (let at = from; ;) {
    let end: number;
    if (text[at] === '"') {
      const quote = closingQuote(text, at);
      if (quote < 0 || quote - at > MAX_QUOTED)
        return isLast || text.length - at > MAX_QUOTED ? 'broken' : undefined;
      // A quote at the very end of what has arrived may be the first of a pair.
      if (quote + 1 >= text.length && !isLast) return undefined;
      cells.push(text.slice(at + 1, quote).replaceAll('""', '"'));
      end = quote + 1;
    } else {
      end = at;
      while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1;
      if (end === text.length && !isLast) return undefined;
      cells.push(text[end] === delimiter ? text.slice(at, end) : lineOf(text, at, end));
    }
    if (text[end] === '\r') end += 1;
    if (end >= text.length) return { record: { cells, broken: false }, next: end };
    if (text[end] === '\n') return { record: { cells, broken: false }, next: end + 1 };
    if (text[end] !== delimiter) return 'broken';
    at = end + 1;
  }
}

function scan(text: string, from: number, delimiter: string, isLast: boolean): Scanned | undefined {
  const newline = text.indexOf('\n', from);
  if (newline < 0 && !isLast && text.length - from < 8 * MAX_QUOTED) return undefined;
  const lineEnd = newline < 0 ? text.length : newline;
  const line = lineOf(text, from, lineEnd);
  const whole = { record: { cells: line.split(delimiter), broken: false }, next: lineEnd + 1 };
  if (!line.includes('"')) return whole;
  const quoted = scanQuoted(text, from, delimiter, isLast);
  return quoted === 'broken' ? { ...whole, record: { ...whole.record, broken: true } } : quoted;
}

/** Comma, tabulator or semicolon: whichever the first lines have most of. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 4_096);
  const count = (mark: string): number => head.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/**
 * Splits text into records, a list for every piece that arrives. Written by hand because a quote left open must cost one row:
 * csv-parse swallows what follows and then gives up the file. Blank lines are records with one empty cell, so rows keep their numbers.
 */
export async function* splitRecords(pieces: AsyncIterable<string>): AsyncGenerator<CsvRecord[]> {
  let rest = '';
  let delimiter: string | undefined;
  const take = (isLast: boolean): CsvRecord[] => {
    delimiter ??= delimiterOf(rest);
    const records: CsvRecord[] = [];
    let from = 0;
    while (from < rest.length) {
      const scanned = scan(rest, from, delimiter, isLast);
      if (scanned === undefined) break;
      records.push(scanned.record);
      from = scanned.next;
    }
    rest = rest.slice(from);
    return records;
  };
  for await (const piece of pieces) {
    rest += piece;
    if (rest.length >= 4_096) yield take(false);
  }
  yield take(true);
}
