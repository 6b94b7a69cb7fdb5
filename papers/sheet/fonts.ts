import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Face = 'body' | 'bold';

const FILES: Readonly<Record<Face, string>> = {
  body: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
};
const read = new Map<Face, Buffer>();

/** The font file, read once. TTF: its WOFF twin takes many seconds to unpack. */
export function fontFile(face: Face): Buffer {
  const known = read.get(face);
  if (known !== undefined) return known;
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(FILES[face])));
  read.set(face, bytes);
  return bytes;
}
