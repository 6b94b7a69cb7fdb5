import type { DunningStep } from '../../activities/contract.ts';
import type { CaseContext } from './context.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Nobody is reminded of what billing already knows to be paid: billing is read in the same act that prepares and sends. Out of
 * reach for long, the reminder waits for billing; a carrier that is out of reach leaves it unsent, which proves nothing.
 */
async function remind(c: CaseContext, round: number): Promise<DunningStep> {
  const step = await c.stepOnBilling((moment) => c.reminders.remind({ ...moment, round }));
  if (step !== null) return step;
  while (!(await c.readBilling())) await c.waitUntil(c.nowMs() + HOUR_MS, () => undefined);
  return c.own.prepareFirstDunning({ ...c.moment(), inStage: 'first-dunning', round });
}

/**
 * First dunning: electronic to an agreed address, else a letter or a visit, then the payment period.
 * A reminder that did not arrive is not a reminder: the next round takes another way (T2.0, L8).
 */
export async function firstDunning(c: CaseContext, dunningAtMs: number): Promise<void> {
  if (dunningAtMs > c.nowMs()) await c.waitUntil(dunningAtMs, () => undefined);
  for (let round = 1; ; round += 1) {
    const askedAtMs = c.nowMs();
    const step = await remind(c, round);
    c.stage = 'first-dunning';
    if (step.kind === 'message' && step.sendAtMs > askedAtMs) {
      await c.waitUntil(step.sendAtMs, () => undefined);
      await c.send(step.messageId);
    }
    await c.waitUntil(step.periodEndsMs, () => undefined);
    const look = await c.heed();
    if (look.firstDunningServed) return;
    // Nothing was proven: never two notices in one day, also after an outage.
    if (round > 3) await c.waitUntil(c.nowMs() + DAY_MS, () => undefined);
  }
}
