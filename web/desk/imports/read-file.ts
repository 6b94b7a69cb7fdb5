import readXlsxFile from 'read-excel-file/browser';

/** An arrears file as far as the page needs it: its header, some rows to look at, and how to send it under other column names. */
export interface ReadFile {
  readonly fileName: string;
  readonly header: readonly string[];
  readonly sample: readonly (readonly string[])[];
  /** Rows without the header; undefined for a CSV, which is not read to its end here. */
  readonly rows: number | undefined;
  /** The file with `header` in place of its own, as the API takes it. */
  as(header: readonly string[]): Blob;
}

/** Why a file is not taken; a key of the import's texts. */
export class UnreadableFile extends Error {
  readonly code: 'too-large' | 'too-many-rows' | 'not-a-table' | 'unknown-kind' | 'empty';
  constructor(code: UnreadableFile['code']) {
    super(code);
    this.code = code;
  }
}

const XLSX_MAX_BYTES = 15 * 1024 * 1024;
const XLSX_MAX_ROWS = 100_000;
const CSV_MAX_BYTES = 600 * 1024 * 1024;
const HEAD_BYTES = 256 * 1024;
const SAMPLE = 6;
const HEADER_WITHIN = 10;

const asciiOr = (name: string, other: string): string => (/^[\x20-\x7e]*$/.test(name) ? name : other);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** Records of the beginning of a CSV; quotes may hold commas and line ends. */
export function recordsOf(text: string, most: number): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length && records.length < most; at += 1) {
    const letter = text[at] ?? '';
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === ',' || letter === '\n') {
      cells.push(cell.replace(/\r$/, ''));
      cell = '';
      if (letter === ',') continue;
      records.push(cells);
      cells = [];
    } else cell += letter;
  }
  if (records.length < most && (cell !== '' || cells.length > 0)) records.push([...cells, cell]);
  return records;
}

function decode(bytes: Uint8Array): { text: string; encoding: 'utf-8' | 'gb18030' } {
  try {
    // The head may end inside a character: that alone is no reason to take it for another encoding.
    return {
      text: new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }),
      encoding: 'utf-8',
    };
  } catch {
    return { text: new TextDecoder('gb18030').decode(bytes, { stream: true }), encoding: 'gb18030' };
  }
}

/** Where the nth record ends, counted in bytes: quotes and line ends are one byte, and part of no other letter, in both encodings. */
function endOfRecord(bytes: Uint8Array, nth: number): number {
  let isQuoted = false;
  let left = nth;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === 0x22) isQuoted = !isQuoted;
    if (bytes[at] === 0x0a && !isQuoted && (left -= 1) === 0) return at + 1;
  }
  return bytes.length;
}

/** The header stands within the first rows, below a title perhaps: it is the row of which most names are known. */
function headerAt(rows: readonly (readonly string[])[], isKnown: (name: string) => boolean): number {
  const known = rows.slice(0, HEADER_WITHIN).map((row) => row.filter((cell) => isKnown(cell)).length);
  const best = Math.max(0, ...known);
  return best < 2 ? 0 : known.indexOf(best);
}

async function readCsv(file: File, isKnown: (name: string) => boolean): Promise<ReadFile> {
  if (file.size > CSV_MAX_BYTES) throw new UnreadableFile('too-large');
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const { text, encoding } = decode(bytes);
  const records = recordsOf(text.replace(/^\uFEFF/, ''), SAMPLE + HEADER_WITHIN);
  const at = headerAt(records, isKnown);
  const [header = [], ...sample] = records.slice(at, at + SAMPLE + 1);
  if (header.length < 2) throw new UnreadableFile('not-a-table');
  const rest = file.slice(endOfRecord(bytes, at + 1));
  return {
    fileName: file.name,
    header,
    sample,
    rows: undefined,
    as(names) {
      if (names.every((name, index) => name === header[index])) return file;
      // The header is written anew and the rest is sent as it is. In GB18030 it holds only ASCII, which is the same there.
      const safe =
        encoding === 'utf-8' ? names : names.map((name, index) => asciiOr(name, `column ${index + 1}`));
      return new Blob([lineOf(safe), rest], { type: 'text/csv' });
    },
  };
}

const cellText = (cell: unknown): string =>
  cell === null || cell === undefined
    ? ''
    : cell instanceof Date
      ? cell.toISOString().slice(0, 10)
      : String(cell as string | number | boolean).trim();

async function readXlsx(file: File, isKnown: (name: string) => boolean): Promise<ReadFile> {
  if (file.size > XLSX_MAX_BYTES) throw new UnreadableFile('too-large');
  let sheets;
  try {
    sheets = await readXlsxFile(file);
  } catch {
    throw new UnreadableFile('not-a-table');
  }
  const rows = (sheets[0]?.data ?? []).map((row) => row.map(cellText));
  const filled = rows.filter((row) => row.some((cell) => cell !== ''));
  const [header, ...body] = filled.slice(headerAt(filled, isKnown));
  if (header === undefined || header.length < 2) throw new UnreadableFile('empty');
  if (body.length > XLSX_MAX_ROWS) throw new UnreadableFile('too-many-rows');
  return {
    fileName: file.name.replace(/\.xlsx$/i, '.csv'),
    header,
    sample: body.slice(0, SAMPLE),
    rows: body.length,
    as: (names) => new Blob([lineOf(names), ...body.map(lineOf)], { type: 'text/csv' }),
  };
}

/** Reads a CSV's beginning or a whole .xlsx, behind limits; `isKnown` tells the name of a column from other words. @throws UnreadableFile */
export async function readFile(file: File, isKnown: (name: string) => boolean): Promise<ReadFile> {
  if (file.size === 0) throw new UnreadableFile('empty');
  if (/\.xlsx$/i.test(file.name)) return readXlsx(file, isKnown);
  if (/\.(csv|txt)$/i.test(file.name)) return readCsv(file, isKnown);
  throw new UnreadableFile('unknown-kind');
}
