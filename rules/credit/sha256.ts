/** First 32 bits of the fractional parts of the roots of primes, worked out in whole numbers where it is needed once. */
const PRIMES: readonly number[] = primes(64);
const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
const K = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function padded(bytes: readonly number[]): number[] {
  const zeros = (((55 - bytes.length) % 64) + 64) % 64;
  const bits = bytes.length * 8;
  const high = Math.floor(bits / 2 ** 32);
  const tail = [24, 16, 8, 0].flatMap((shift) => [(high >>> shift) & 255]);
  const low = [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255);
  return [...bytes, 0x80, ...Array.from({ length: zeros }, () => 0), ...tail, ...low];
}

/** UTF-8 bytes of a text. */
function bytesOf(text: string): number[] {
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return bytes;
}

function mixed(state: readonly number[], block: readonly number[]): number[] {
  const w = new Int32Array(64);
  for (let i = 0; i < 16; i += 1)
    w[i] =
      ((block[i * 4] ?? 0) << 24) |
      ((block[i * 4 + 1] ?? 0) << 16) |
      ((block[i * 4 + 2] ?? 0) << 8) |
      (block[i * 4 + 3] ?? 0);
  const at = (i: number): number => w[i] ?? 0;
  for (let i = 16; i < 64; i += 1) {
    const s0 = turned(at(i - 15), 7) ^ turned(at(i - 15), 18) ^ (at(i - 15) >>> 3);
    const s1 = turned(at(i - 2), 17) ^ turned(at(i - 2), 19) ^ (at(i - 2) >>> 10);
    w[i] = (at(i - 16) + s0 + at(i - 7) + s1) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] ?? 0) + at(i)) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + (state[i] ?? 0)) | 0);
}

/** SHA-256 of a text in UTF-8, as 64 hex digits: what `printf %s "text" | sha256sum` says. */
export function sha256Hex(text: string): string {
  const bytes = padded(bytesOf(text));
  let state: readonly number[] = START;
  for (let at = 0; at < bytes.length; at += 64) state = mixed(state, bytes.slice(at, at + 64));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
