/** A cell that a spreadsheet would take for a formula is text. */
const asText = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
const quoted = (cell: string | number): string =>
  `"${(typeof cell === 'number' ? String(cell) : asText(cell)).replaceAll('"', '""')}"`;

/** Rows as a file that spreadsheets open in the right letters: UTF-8 with its mark, CRLF, every cell quoted. */
export const csvFile = (rows: readonly (readonly (string | number)[])[]): Buffer =>
  Buffer.from(`\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`, 'utf8');
