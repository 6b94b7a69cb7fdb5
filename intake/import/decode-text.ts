import { ImportRefused } from './import-refused.ts';

/** Encodings in which billing systems export. */
export type FileEncoding = 'utf-8' | 'gb18030';

/** Bytes beyond ASCII that are looked at before an encoding is chosen; few letters alone fit both. */
const EVIDENCE_BYTES = 4_096;
const MAX_HELD_BYTES = 1 << 20;

const lettersBeyondAscii = (bytes: Uint8Array): number => {
  let count = 0;
  for (const byte of bytes) if (byte >= 0x80) count += 1;
  return count;
};

/** Fatal decoding decides; where both fail, the one with fewer unreadable letters, and the rows with them are reported. */
function encodingOf(held: Uint8Array): FileEncoding {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(held, { stream: true });
      return encoding;
    } catch {
      // Not this one.
    }
  }
  const lostIn = (encoding: FileEncoding): number =>
    new TextDecoder(encoding).decode(held).split('\uFFFD').length;
  return lostIn('utf-8') <= lostIn('gb18030') ? 'utf-8' : 'gb18030';
}

function refuseUtf16(held: Uint8Array): void {
  const mark = `${held[0]},${held[1]}`;
  if (mark === '255,254' || mark === '254,255' || held.subarray(0, 1_000).includes(0))
    throw new ImportRefused('not-a-csv-file', {});
}

/**
 * Turns the bytes of a file into text, UTF-8 (with or without a byte order mark) or GB18030. A letter that cannot be read
 * becomes U+FFFD, so that one broken byte costs one row. @throws ImportRefused `not-a-csv-file` for UTF-16, a workbook and the like
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let evidence = 0;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  const choose = (): string => {
    const all = Buffer.concat(held);
    refuseUtf16(all);
    held = [];
    decoder = new TextDecoder(encodingOf(all));
    return decoder.decode(all, { stream: true });
  };
  for await (const part of bytes) {
    const piece = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    if (decoder !== undefined) {
      yield decoder.decode(piece, { stream: true });
      continue;
    }
    held.push(piece);
    heldBytes += piece.length;
    evidence += lettersBeyondAscii(piece);
    if (evidence >= EVIDENCE_BYTES || heldBytes >= MAX_HELD_BYTES) yield choose();
  }
  if (decoder === undefined) yield choose();
  yield decoder?.decode() ?? '';
}
