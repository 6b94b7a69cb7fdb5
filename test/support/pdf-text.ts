import { inflateSync } from 'node:zlib';

/** What a PDF says and how: enough of a reader for the papers that we print ourselves. */
export interface ReadPdf {
  pages: number;
  /** Everything written, in the order of writing, without any space. */
  text: string;
  fonts: { name: string; embedded: boolean }[];
}

export interface Part {
  head: string;
  stream: Buffer | undefined;
}

/** Every object by its number; streams unpacked. */
export function partsOf(bytes: Buffer): Map<number, Part> {
  const text = bytes.toString('latin1');
  const parts = new Map<number, Part>();
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const whole = match[2] ?? '';
    const at = whole.indexOf('\nstream\n');
    const head = at < 0 ? whole : whole.slice(0, at);
    const raw =
      at < 0 ? undefined : Buffer.from(whole.slice(at + 8, whole.lastIndexOf('\nendstream')), 'latin1');
    const stream = raw !== undefined && head.includes('/FlateDecode') ? inflateSync(raw) : raw;
    parts.set(Number(match[1]), { head, stream });
  }
  return parts;
}

const hexText = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Glyph number to letters, from a font's ToUnicode map. */
function glyphsOf(map: string): Map<number, string> {
  const glyphs = new Map<number, string>();
  for (const [, from = '', , list = ''] of map.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi))
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], index) =>
      glyphs.set(Number.parseInt(from, 16) + index, hexText(hex.replaceAll(' ', ''))),
    );
  return glyphs;
}

export const refIn = (head: string, name: string): number =>
  Number(new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1] ?? -1);

function fontMaps(parts: Map<number, Part>): Map<string, Map<number, string>> {
  const maps = new Map<string, Map<number, string>>();
  for (const { head } of parts.values()) {
    const fonts = /\/Font <<([\s\S]*?)>>/.exec(head)?.[1] ?? '';
    for (const [, name = '', ref] of fonts.matchAll(/\/(\w+) (\d+) 0 R/g)) {
      const unicode = parts.get(refIn(parts.get(Number(ref))?.head ?? '', 'ToUnicode'))?.stream;
      if (unicode !== undefined) maps.set(name, glyphsOf(unicode.toString('latin1')));
    }
  }
  return maps;
}

/** Reads a PDF that pdfkit wrote. */
export function readPdf(bytes: Buffer): ReadPdf {
  const parts = partsOf(bytes);
  const maps = fontMaps(parts);
  let text = '';
  for (const { head, stream } of parts.values()) {
    if (stream === undefined || head.includes('/Type') || head.includes('/Length1')) continue;
    let glyphs: Map<number, string> | undefined;
    for (const [, font, shown] of stream.toString('latin1').matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (font !== undefined) glyphs = maps.get(font);
      for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]*)>/gi))
        for (const [glyph] of hex.matchAll(/.{4}/g))
          text += glyphs?.get(Number.parseInt(glyph, 16)) ?? '\ufffd';
    }
  }
  const heads = [...parts.values()].map(({ head }) => head);
  return {
    pages: heads.filter((head) => /\/Type \/Page\b/.test(head)).length,
    text: text.replaceAll(/\s/g, ''),
    fonts: heads
      .filter((head) => /\/Type \/FontDescriptor/.test(head))
      .map((head) => ({
        name: /\/FontName \/(\S+)/.exec(head)?.[1] ?? '',
        embedded: /\/FontFile2 \d+ 0 R/.test(head),
      })),
  };
}
