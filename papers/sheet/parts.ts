import QRCode from 'qrcode';
import { GREY, INK, PAGE, type Sheet } from './sheet.ts';

/** Title in the middle, as large as its length lets it be; a line below it; number at the right. */
export function heading(sheet: Sheet, company: string, title: string, number: string): void {
  sheet.put(company, sheet.left, sheet.y, sheet.width, { size: 15, align: 'center', spacing: 2 });
  sheet.gap(23);
  const style = { size: 24, face: 'bold', align: 'center', spacing: 3 } as const;
  const size = Math.min(24, (24 * sheet.width) / (sheet.widthOf(title, style) + 6));
  sheet.put(title, sheet.left, sheet.y, sheet.width, { ...style, size });
  sheet.gap(size + 12);
  sheet.line(sheet.left, sheet.y, sheet.left + sheet.width, sheet.y, { width: 1.4 });
  sheet.gap(7);
  sheet.put(number, sheet.left, sheet.y, sheet.width, { size: 10, align: 'right' });
  sheet.gap(20);
}

/** A paragraph of the body, its first line two characters in. */
export const body = (sheet: Sheet, text: string): void =>
  sheet.paragraph(text, { size: 10.5, indent: 21, lineGap: 4 });

/** Company, seal place and date at the end of a paper, on the right. */
export function closing(sheet: Sheet, company: string, date: string): void {
  sheet.need(92);
  sheet.gap(10);
  const width = Math.min(300, Math.max(170, sheet.widthOf(company, { size: 12 }) + 4));
  const x = sheet.left + sheet.width - width;
  const height = sheet.heightOf(company, width, { size: 12 });
  sheet.put(company, x, sheet.y, width, { size: 12, align: 'center' });
  sheet.put('（盖章）', x, sheet.y + height + 2, width, { size: 10, align: 'center', colour: GREY });
  sheet.put(date, x, sheet.y + height + 22, width, { size: 12, align: 'center' });
  sheet.y += height + 48;
}

/** A QR code drawn as squares: no picture, the same bytes each time. */
export function qrCode(sheet: Sheet, text: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  // What readers ask for on coloured paper: four modules of white on each side.
  const quiet = 4;
  const step = size / (modules.size + 2 * quiet);
  const { pdf } = sheet;
  pdf.save().rect(x, y, size, size).fillColor('#ffffff').fill().fillColor('#000000');
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column) === 1)
        pdf.rect(x + (column + quiet) * step, y + (row + quiet) * step, step + 0.02, step + 0.02);
  pdf.fill().restore();
}

/** The part that is cut off and kept: a dashed line, a heading, what is confirmed, and fields to be filled by hand. */
export function cutStub(
  sheet: Sheet,
  stub: { title: string; number: string; statement: string; rows: readonly FormRow[] },
): void {
  const statement = { size: 10, lineGap: 3 };
  const words = sheet.heightOf(stub.statement, sheet.width, statement);
  const height = 42 + words + stub.rows.length * STUB_ROW;
  sheet.need(height + 6);
  // At the foot of the page, where it is easily cut; at the head of a page that holds nothing else.
  if (sheet.y > PAGE.top) sheet.y = Math.max(sheet.y + 6, sheet.bottom - height);
  sheet.line(sheet.left - 30, sheet.y, sheet.left + sheet.width + 30, sheet.y, { dash: true });
  sheet.put('（沿虚线裁下，由供电企业留存）', sheet.left, sheet.y + 2, sheet.width, {
    size: 7.5,
    colour: GREY,
  });
  sheet.gap(14);
  sheet.put(stub.title, sheet.left, sheet.y, sheet.width, { size: 13, face: 'bold', align: 'center' });
  sheet.put(stub.number, sheet.left, sheet.y + 5, sheet.width, { size: 8.5, align: 'right' });
  sheet.gap(23);
  sheet.put(stub.statement, sheet.left, sheet.y, sheet.width, statement);
  sheet.gap(words + 2);
  form(sheet, stub.rows, STUB_ROW);
}

export interface Column {
  title: string;
  /** Part of the whole width; the parts add up to 1. */
  share: number;
  align?: 'left' | 'center' | 'right';
}

const PAD = 5;
const CELL_PAD = 3;
const STUB_ROW = 24;

/** A ruled table; its head stands again on each page. */
export function table(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  size = 10.5,
): void {
  const widths = columns.map(({ share }) => share * sheet.width);
  const heightOf = (cells: readonly string[]): number =>
    Math.max(
      ...cells.map((cell, at) => sheet.heightOf(cell, (widths[at] ?? 0) - 2 * PAD, { size, lineGap: 2 })),
    ) +
    2 * CELL_PAD;
  const draw = (cells: readonly string[], isHead: boolean): void => {
    const height = heightOf(cells);
    let x = sheet.left;
    cells.forEach((cell, at) => {
      const width = widths[at] ?? 0;
      sheet.box(x, sheet.y, width, height, isHead ? 0.06 : 0);
      sheet.put(cell, x + PAD, sheet.y + CELL_PAD, width - 2 * PAD, {
        size,
        lineGap: 2,
        align: isHead ? 'center' : (columns[at]?.align ?? 'left'),
        face: isHead ? 'bold' : 'body',
      });
      x += width;
    });
    sheet.y += height;
  };
  const titles = columns.map(({ title }) => title);
  sheet.need(heightOf(titles) + 24);
  draw(titles, true);
  for (const cells of rows) {
    if (sheet.y + heightOf(cells) > sheet.bottom) {
      sheet.newPage();
      draw(titles, true);
    }
    draw(cells, false);
  }
  sheet.gap(8);
}

const blank = (spaces: number): string => ' '.repeat(spaces);

/** Room for a time that a hand writes. */
export const BLANK_TIME = ['年', '月', '日', '时', '分']
  .map((unit, at) => blank(at === 0 ? 10 : 6) + unit)
  .join('');

/** A SHA-256 in halves, so that it breaks where it should. */
export const hashText = (sha256: string): string => `${sha256.slice(0, 32)} ${sha256.slice(32)}`;

/** One row of a form: label and value, or two such pairs side by side. */
export type FormRow = readonly (readonly [label: string, value: string])[];

const FORM = { size: 10, lineGap: 2 } as const;
const LABEL_WIDTH = 92;

/** A ruled form, label by value; `minimum` is the height of a row, so that a hand can write into an empty one. */
export function form(sheet: Sheet, rows: readonly FormRow[], minimum = 25): void {
  for (const row of rows) {
    const valueWidth = sheet.width / row.length - LABEL_WIDTH;
    const [first] = row;
    const parts = row.length === 1 && first !== undefined ? partsOf(sheet, first, valueWidth) : [row];
    for (const part of parts) drawFormRow(sheet, part, valueWidth, minimum);
  }
}

/** A value that does not fit on this page goes on in further rows of the same label. */
const partsOf = (sheet: Sheet, [label, value]: FormRow[number], valueWidth: number): FormRow[] =>
  sheet.overPages(value, valueWidth - 2 * PAD, FORM, 2 * CELL_PAD).map((part) => [[label, part]]);

function drawFormRow(sheet: Sheet, row: FormRow, valueWidth: number, minimum: number): void {
  const height = Math.max(
    minimum,
    ...row.map(([label, value]) =>
      Math.max(
        sheet.heightOf(value, valueWidth - 2 * PAD, FORM) + 2 * CELL_PAD,
        sheet.heightOf(label, LABEL_WIDTH - 2 * PAD, FORM) + 2 * CELL_PAD,
      ),
    ),
  );
  sheet.need(height);
  let x = sheet.left;
  for (const [label, value] of row) {
    sheet.box(x, sheet.y, LABEL_WIDTH, height, 0.05);
    const labelHeight = sheet.heightOf(label, LABEL_WIDTH - 2 * PAD, FORM);
    sheet.put(label, x + PAD, sheet.y + (height - labelHeight + FORM.lineGap) / 2, LABEL_WIDTH - 2 * PAD, {
      ...FORM,
      align: 'center',
      colour: INK,
    });
    sheet.box(x + LABEL_WIDTH, sheet.y, valueWidth, height);
    const valueHeight = sheet.heightOf(value, valueWidth - 2 * PAD, FORM);
    const valueY = sheet.y + (height - valueHeight + FORM.lineGap) / 2;
    sheet.put(value, x + LABEL_WIDTH + PAD, valueY, valueWidth - 2 * PAD, FORM);
    x += LABEL_WIDTH + valueWidth;
  }
  sheet.y += height;
}
