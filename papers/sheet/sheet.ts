import type PDFDocument from 'pdfkit';
import type { Face } from './fonts.ts';

type Doc = InstanceType<typeof PDFDocument>;

/** A4 in points, and what stays free around the text. */
export const PAGE = { width: 595.28, height: 841.89, left: 62, right: 62, top: 38, bottom: 46 } as const;
export const INK = '#1a1a1a';
export const GREY = '#5a5a5a';
export const LINE_GAP = 5;
/** Below it stand control characters. */
const FIRST_PRINTABLE = 0x20;

export interface TextStyle {
  size?: number;
  face?: Face;
  colour?: string;
  align?: 'left' | 'center' | 'right';
  /** Of the first line, in points; leading spaces vanish. */
  indent?: number;
  lineGap?: number;
  spacing?: number;
}

/** A sheet of A4 that is written from top to bottom; what does not fit goes on the next page. */
export class Sheet {
  readonly left = PAGE.left;
  readonly width = PAGE.width - PAGE.left - PAGE.right;
  readonly bottom = PAGE.height - PAGE.bottom;
  y: number = PAGE.top;
  private readonly doc: Doc;
  private readonly hasGlyph: (codePoint: number) => boolean;

  constructor(doc: Doc, hasGlyph: (codePoint: number) => boolean) {
    this.doc = doc;
    this.hasGlyph = hasGlyph;
  }

  get pdf(): Doc {
    return this.doc;
  }

  /** What the font can show; a character that it lacks is named by its number instead of an empty box. */
  printable(text: string): string {
    return [...text.normalize('NFC').replaceAll('\u3000', ' ')]
      .map((letter) => {
        const codePoint = letter.codePointAt(0) ?? 0;
        if (letter === '\n') return letter;
        if (codePoint < FIRST_PRINTABLE) return '';
        return this.hasGlyph(codePoint) ? letter : `〔U+${codePoint.toString(16).toUpperCase()}〕`;
      })
      .join('');
  }

  private dress({ size = 11, face = 'body', colour = INK }: TextStyle): Doc {
    return this.doc.font(face).fontSize(size).fillColor(colour);
  }

  heightOf(text: string, width: number, style: TextStyle = {}): number {
    const { indent = 0, lineGap = LINE_GAP } = style;
    return this.dress(style).heightOfString(this.printable(text), { width, indent, lineGap });
  }

  widthOf(text: string, style: TextStyle = {}): number {
    return this.dress(style).widthOfString(this.printable(text), { characterSpacing: style.spacing ?? 0 });
  }

  /** Text at a place; nothing moves. */
  put(text: string, x: number, y: number, width: number, style: TextStyle = {}): void {
    const { align = 'left', indent = 0, lineGap = LINE_GAP, spacing = 0 } = style;
    this.dress(style).text(this.printable(text), x, y, {
      ...{ width, align, indent, lineGap },
      characterSpacing: spacing,
    });
  }

  newPage(): void {
    this.doc.addPage();
    this.y = PAGE.top;
  }

  /** A new page where less than `height` is left. */
  need(height: number): void {
    if (this.y + height > this.bottom) this.newPage();
  }

  gap(height: number): void {
    this.y += height;
  }

  /** A block of text over the whole width; long ones go on over the page. */
  paragraph(text: string, style: TextStyle = {}): void {
    for (const part of this.split(text, this.width, this.bottom - PAGE.top, style)) {
      const height = this.heightOf(part, this.width, style);
      this.need(height);
      this.put(part, this.left, this.y, this.width, style);
      this.y += height + 3;
    }
  }

  /** Parts of a text none of which is higher than `height`. */
  split(text: string, width: number, height: number, style: TextStyle = {}): string[] {
    if (this.heightOf(text, width, style) <= height) return [text];
    const letters = [...text];
    let [fits, tooMany] = [1, letters.length];
    while (tooMany - fits > 1) {
      const middle = Math.floor((fits + tooMany) / 2);
      if (this.heightOf(letters.slice(0, middle).join(''), width, style) <= height) fits = middle;
      else tooMany = middle;
    }
    const rest = letters.slice(fits).join('');
    return [letters.slice(0, fits).join(''), ...this.split(rest, width, height, style)];
  }

  line(x1: number, y1: number, x2: number, y2: number, style: { width?: number; dash?: boolean } = {}): void {
    this.doc
      .save()
      .lineWidth(style.width ?? 0.7)
      .strokeColor(INK);
    if (style.dash === true) this.doc.dash(4, { space: 3 });
    this.doc.moveTo(x1, y1).lineTo(x2, y2).stroke().restore();
  }

  /** A ruled box; `shade` (0–1) darkens the paper inside it. */
  box(x: number, y: number, width: number, height: number, shade = 0): void {
    this.doc.save();
    if (shade > 0) this.doc.rect(x, y, width, height).fillOpacity(shade).fillColor('#000000').fill();
    this.doc.fillOpacity(1).lineWidth(0.7).strokeColor(INK).rect(x, y, width, height).stroke().restore();
  }
}
