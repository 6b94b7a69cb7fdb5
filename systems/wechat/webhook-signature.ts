import { createHash, timingSafeEqual } from 'node:crypto';

const MAX_AGE_SECONDS = 300;

/** Whether the platform signed it: SHA-1 of token, timestamp and nonce in the order of their letters; old ones do not count. */
export function isWechatSigned(
  token: string,
  query: { signature: string; timestamp: string; nonce: string },
  nowMs: number,
): boolean {
  const isFresh = Math.abs(nowMs / 1000 - Number(query.timestamp)) <= MAX_AGE_SECONDS;
  if (token === '' || !isFresh) return false;
  const words = [token, query.timestamp, query.nonce].toSorted().join('');
  const expected = createHash('sha1').update(words).digest('hex');
  const [a, b] = [Buffer.from(expected), Buffer.from(query.signature)];
  return a.length === b.length && timingSafeEqual(a, b);
}
