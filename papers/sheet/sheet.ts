import type PDFDocument from 'pdfkit';
import type { Face } from './fonts.ts';

type Doc = InstanceType<typeof PDFDocument>;

/** A4 in points, and what stays free around the text. */
export const PAGE = { width: 595.28, height: 841.89, left: 62, right: 62, top: 38, bottom: 46 } as const;
export const INK = '#1a1a1a';
export const GREY = '#4d4d4d';
export const LINE_GAP = 5;
/** A text up to this height is not parted; less room than it is no beginning. */
const SHORT = 80;
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
  /** Between the margins. */
  readonly width: number;
  readonly bottom: number;
  /** Of the whole page. */
  readonly page: { width: number; height: number };
  y: number = PAGE.top;
  private readonly doc: Doc;
  private readonly hasGlyph: (codePoint: number) => boolean;

  constructor(doc: Doc, hasGlyph: (codePoint: number) => boolean, isLandscape = false) {
    this.doc = doc;
    this.hasGlyph = hasGlyph;
    const { width, height, left, right, bottom } = PAGE;
    this.page = isLandscape ? { width: height, height: width } : { width, height };
    this.width = this.page.width - left - right;
    this.bottom = this.page.height - bottom;
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
    for (const [at, part] of this.overPages(text, this.width, style).entries()) {
      const own = at === 0 ? style : { ...style, indent: 0 };
      const height = this.heightOf(part, this.width, own);
      this.need(height);
      this.put(part, this.left, this.y, this.width, own);
      this.y += height + 3;
    }
  }

  /**
   * A text as it is spread: what this page has room for, or nothing of it where that is no beginning; then page by page.
   * `frame` is kept free on each.
   */
  overPages(text: string, width: number, style: TextStyle = {}, frame = 0): string[] {
    const whole = this.bottom - PAGE.top - frame;
    const left = this.bottom - this.y - frame;
    const isShort = this.heightOf(text, width, style) <= SHORT;
    const [begin = '', ...rest] = this.split(text, width, left > SHORT && !isShort ? left : whole, style);
    return rest.length === 0 ? [begin] : [begin, ...this.split(rest.join(''), width, whole, style)];
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

  /** A frame in a colour of its own. */
  frame(x: number, y: number, width: number, height: number, style: { width: number; colour: string }): void {
    this.doc.save().lineWidth(style.width).strokeColor(style.colour);
    this.doc.rect(x, y, width, height).stroke().restore();
  }

  /** A ruled box; `shade` (0–1) darkens the paper inside it. */
  box(x: number, y: number, width: number, height: number, shade = 0): void {
    this.doc.save();
    if (shade > 0) this.doc.rect(x, y, width, height).fillOpacity(shade).fillColor('#000000').fill();
    this.doc.fillOpacity(1).lineWidth(0.7).strokeColor(INK).rect(x, y, width, height).stroke().restore();
  }
}
