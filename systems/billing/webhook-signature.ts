import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** `v1=` and the hex HMAC-SHA256 of `timestamp.body`. */
export const billingSignature = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/**
 * Whether a webhook comes from billing and was signed within five minutes of now. `timestamp`: Unix seconds (milliseconds
 * are understood too). A replay inside that time is found by its event id.
 */
export function isBillingSignatureValid(
  secret: string,
  request: { timestamp: string | undefined; signature: string | undefined; body: string },
  nowMs: number,
): boolean {
  const { timestamp, signature, body } = request;
  if (timestamp === undefined || signature === undefined || !/^\d{1,16}$/.test(timestamp)) return false;
  const seconds = Number(timestamp) > 1e11 ? Number(timestamp) / 1000 : Number(timestamp);
  if (Math.abs(nowMs / 1000 - seconds) > TOLERANCE_SECONDS) return false;
  const wanted = Buffer.from(billingSignature(secret, timestamp, body));
  const given = Buffer.from(signature);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
