import PDFDocument from 'pdfkit';
import { fontFile } from './fonts.ts';
import { GREY, Sheet } from './sheet.ts';

/** What a paper is beside its text. */
export interface PaperHead {
  title: string;
  /** Number as printed; repeated at the foot of each page. */
  number: string;
  /** The paper's own time, ISO: the same paper is the same bytes, whenever it is printed. */
  madeAt: string;
  company: string;
  /** Colour of the paper, where it has one. */
  colour?: string;
  /** Lies across; one page, without number and count at the foot. */
  isCertificate?: true;
}

/** A paper ready to be printed: its head, and how it is written on the sheet. */
export interface Paper {
  head: PaperHead;
  write(sheet: Sheet): void;
}

interface FontkitFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** The font behind the open document; its types do not tell of it. */
function glyphsOf(doc: object): (codePoint: number) => boolean {
  const current: unknown = Reflect.get(doc, '_font');
  const font: unknown =
    typeof current === 'object' && current !== null ? Reflect.get(current, 'font') : undefined;
  if (typeof font !== 'object' || font === null || !('hasGlyphForCodePoint' in font))
    throw new Error('the font of the paper cannot be asked for its glyphs');
  return (codePoint) => (font as FontkitFont).hasGlyphForCodePoint(codePoint);
}

/** Number and page at the foot; on all pages but the first, whose paper it is at the head. */
function writeEdges(doc: InstanceType<typeof PDFDocument>, head: PaperHead, sheet: Sheet): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    const y = sheet.page.height - 34;
    const style = { size: 8, colour: GREY } as const;
    if (page > start) sheet.put(`${head.company}  ${head.title}（续）`, sheet.left, 18, sheet.width, style);
    sheet.put(head.number, sheet.left, y, sheet.width * 0.75, style);
    sheet.put(`第 ${page + 1} 页 共 ${count} 页`, sheet.left, y, sheet.width, { ...style, align: 'right' });
  }
}

/**
 * Prints a paper as PDF: A4, fonts embedded, pages counted. Its dates are the paper's own, so that the same paper gives the
 * same bytes.
 */
export async function printPaper(paper: Paper): Promise<Buffer> {
  const { head } = paper;
  const at = new Date(head.madeAt);
  const doc = new PDFDocument({
    size: 'A4',
    layout: head.isCertificate === true ? 'landscape' : 'portrait',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    // The standard fonts know no Chinese: none is opened.
    font: '',
    info: { Title: `${head.title} ${head.number}`, Author: head.company, CreationDate: at, ModDate: at },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.on('pageAdded', () => {
    if (head.colour !== undefined)
      doc.save().rect(0, 0, doc.page.width, doc.page.height).fillColor(head.colour).fill().restore();
  });
  doc.registerFont('body', fontFile('body') as unknown as string);
  doc.registerFont('bold', fontFile('bold') as unknown as string);
  doc.font('body');
  const sheet = new Sheet(doc, glyphsOf(doc), head.isCertificate);
  sheet.newPage();
  paper.write(sheet);
  if (head.isCertificate !== true) writeEdges(doc, head, sheet);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}
