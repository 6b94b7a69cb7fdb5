import type { CaseContext } from './context.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * First dunning: electronic to an agreed address, else a letter or a visit, then the payment period.
 * A reminder that did not arrive is not a reminder: the next round takes another way (T2.0, L8).
 */
export async function firstDunning(c: CaseContext, dunningAtMs: number): Promise<void> {
  if (dunningAtMs > c.nowMs()) await c.waitUntil(dunningAtMs, () => undefined);
  // Nobody is reminded of what billing already knows to be paid; out of reach, the reminder waits.
  while (!(await c.readBilling())) await c.waitUntil(c.nowMs() + HOUR_MS, () => undefined);
  for (let round = 1; ; round += 1) {
    c.stage = 'first-dunning';
    const step = await c.own.prepareFirstDunning({ ...c.moment(), round });
    if (step.kind === 'message') {
      if (step.sendAtMs > c.nowMs()) await c.waitUntil(step.sendAtMs, () => undefined);
      await c.send(step.messageId);
    }
    await c.waitUntil(step.periodEndsMs, () => undefined);
    await c.heed();
    if (await c.own.isFirstDunningServed(c.moment())) return;
    // Nothing was proven: never two notices in one day, also after an outage.
    if (round > 3) await c.waitUntil(c.nowMs() + DAY_MS, () => undefined);
  }
}
