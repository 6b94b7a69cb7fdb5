import decodeQR from 'qr/decode.js';
import { partsOf, refIn, type Part } from './pdf-text.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** A filled rectangle in points from the upper left corner; colours 0–255. */
export interface Fill {
  x: number;
  y: number;
  width: number;
  height: number;
  colour: Colour;
  alpha: number;
}

/** One run of text: its base line from the upper left corner, and how far it reaches. */
export interface Run {
  x: number;
  y: number;
  width: number;
  size: number;
}

export interface PdfPage {
  width: number;
  height: number;
  fills: Fill[];
  runs: Run[];
}

/** Width of each glyph in thousandths, by the name of its font. */
function widthsOf(parts: Map<number, Part>): Map<string, number[]> {
  const widths = new Map<string, number[]>();
  for (const { head } of parts.values()) {
    const fonts = /\/Font <<([\s\S]*?)>>/.exec(head)?.[1] ?? '';
    for (const [, name = '', ref] of fonts.matchAll(/\/(\w+) (\d+) 0 R/g)) {
      const child = /\/DescendantFonts \[(\d+) 0 R\]/.exec(parts.get(Number(ref))?.head ?? '')?.[1];
      const list = /\/W \[0 \[([^\]]*)\]/.exec(parts.get(Number(child))?.head ?? '')?.[1] ?? '';
      widths.set(name, list.split(' ').map(Number));
    }
  }
  return widths;
}

/** How opaque each named graphics state fills. */
function alphasOf(parts: Map<number, Part>, resources: string): Map<string, number> {
  const states = /\/ExtGState <<([\s\S]*?)>>/.exec(resources)?.[1] ?? '';
  return new Map(
    [...states.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name = '', ref]) => [
      name,
      Number(/\/ca ([\d.]+)/.exec(parts.get(Number(ref))?.head ?? '')?.[1] ?? 1),
    ]),
  );
}

/** Width of a shown array, in points: glyphs, kerning and spacing between letters. */
function shownWidth(array: string, font: readonly number[], size: number, spacing: number): number {
  let thousandths = 0;
  let letters = 0;
  for (const [, hex, kern] of array.matchAll(/<([0-9a-f]*)>|(-?[\d.]+)/gi)) {
    thousandths -= kern === undefined ? 0 : Number(kern);
    for (const [glyph] of (hex ?? '').matchAll(/.{4}/g)) {
      thousandths += font[Number.parseInt(glyph, 16)] ?? 0;
      letters += 1;
    }
  }
  return (thousandths / 1000) * size + letters * spacing;
}

interface State {
  colour: Colour;
  alpha: number;
}

interface Looks {
  height: number;
  widths: Map<string, number[]>;
  alphas: Map<string, number>;
}

/** Follows the operators that pdfkit writes, one a line. */
function follow(content: string, { height, widths, alphas }: Looks): Pick<PdfPage, 'fills' | 'runs'> {
  const [fills, runs, kept]: [Fill[], Run[], State[]] = [[], [], []];
  let state: State = { colour: [0, 0, 0], alpha: 1 };
  let path: Omit<Fill, keyof State>[] = [];
  let text = { x: 0, y: 0, size: 0, spacing: 0, font: [] as number[] };
  for (const line of content.split('\n')) {
    const words = line.trim().split(' ');
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = words.map(Number);
    const [first = ''] = words;
    switch (words.at(-1) ?? '') {
      case 'q':
        kept.push(state);
        break;
      case 'Q':
        state = kept.pop() ?? state;
        break;
      case 'gs':
        state = { ...state, alpha: alphas.get(first.slice(1)) ?? 1 };
        break;
      case 'scn':
        state = { ...state, colour: [a * 255, b * 255, c * 255] };
        break;
      case 're':
        path.push({ x: a, y: b, width: c, height: d });
        break;
      case 'f':
        fills.push(...path.map((rectangle) => ({ ...rectangle, ...state })));
        path = [];
        break;
      case 'S':
      case 'n':
        path = [];
        break;
      case 'BT':
        text = { ...text, spacing: 0 };
        break;
      case 'Tm':
        text = { ...text, x: e, y: height - f };
        break;
      case 'Tf':
        text = { ...text, font: widths.get(first.slice(1)) ?? [], size: b };
        break;
      case 'Tc':
        text = { ...text, spacing: a };
        break;
      case 'TJ': {
        const { x, y, size, font, spacing } = text;
        runs.push({ x, y, size, width: shownWidth(line, font, size, spacing) });
        break;
      }
    }
  }
  return { fills, runs };
}

/** What stands where on each page of a PDF that pdfkit wrote. */
export function readPages(bytes: Buffer): PdfPage[] {
  const parts = partsOf(bytes);
  const widths = widthsOf(parts);
  return [...parts.values()]
    .filter(({ head }) => /\/Type \/Page\b/.test(head))
    .map(({ head }) => {
      const [width = 0, height = 0] = (/\/MediaBox \[0 0 ([\d.]+ [\d.]+)\]/.exec(head)?.[1] ?? '')
        .split(' ')
        .map(Number);
      const content = parts.get(refIn(head, 'Contents'))?.stream?.toString('latin1') ?? '';
      const alphas = alphasOf(parts, parts.get(refIn(head, 'Resources'))?.head ?? '');
      return { width, height, ...follow(content, { height, widths, alphas }) };
    });
}

/** Dots a point: a page of A4 is some 1,200 dots wide. */
const SCALE = 2;

/** The filled areas of a page as RGB dots on white paper. */
export function paint(page: PdfPage): { width: number; height: number; data: Uint8Array } {
  const [width, height] = [Math.floor(page.width * SCALE), Math.floor(page.height * SCALE)];
  const data = new Uint8Array(width * height * 3).fill(255);
  for (const fill of page.fills) {
    const [left, top] = [Math.round(fill.x * SCALE), Math.round(fill.y * SCALE)];
    const right = Math.min(width, Math.round((fill.x + fill.width) * SCALE));
    const bottom = Math.min(height, Math.round((fill.y + fill.height) * SCALE));
    for (let y = Math.max(0, top); y < bottom; y += 1)
      for (let x = Math.max(0, left); x < right; x += 1)
        for (let part = 0; part < 3; part += 1) {
          const at = (y * width + x) * 3 + part;
          data[at] = Math.round((data[at] ?? 0) * (1 - fill.alpha) + (fill.colour[part] ?? 0) * fill.alpha);
        }
  }
  return { width, height, data };
}

/** What a camera over the page reads in its QR code. @throws Error where there is none that it can read */
export const scanQr = (page: PdfPage): string => decodeQR(paint(page), { timeLimit: 5_000 });
