import { AttemptSlips, type CaseContext } from './context.ts';
import { serveYellow } from './yellow.ts';
import { seekApproval } from './approval.ts';
import { serveRed } from './red.ts';
import { beforeTheStop } from './before-the-stop.ts';
import { carryOut } from './carry-out.ts';

const DAY_MS = 86_400_000;

/** Chooses the stop day, right after a look; where none can be had, waits and asks again. */
async function choosePlan(c: CaseContext) {
  for (;;) {
    c.stage = 'planning';
    const plan = await c.own.planStop(c.moment());
    if (plan.kind === 'planned') return plan;
    await c.waitUntil(Math.max(plan.tryAgainMs, c.nowMs() + 3_600_000), () => undefined);
    await c.heed();
  }
}

/** From the choice of the day to the executed stop, in the order of T2; any slip leaves by exception. */
async function attemptOnce(c: CaseContext): Promise<never> {
  const plan = await choosePlan(c);
  await serveYellow(c, plan);
  await seekApproval(c);
  await serveRed(c, plan);
  const schedule = await beforeTheStop(c);
  return carryOut(c, schedule);
}

/** Repeats the attempt until the stop is executed or the case ends: a slip means new day, new approval, new red notice. */
export async function stopAttempts(c: CaseContext): Promise<never> {
  for (;;) {
    c.attempt += 1;
    try {
      return await attemptOnce(c);
    } catch (error) {
      if (!(error instanceof AttemptSlips)) throw error;
      await c.own.slipAttempt({ ...c.moment(), reason: error.why });
      await restBetweenAttempts(c);
    }
  }
}

/** Waits out what made the attempt slip; steps are never compressed into one day. */
async function restBetweenAttempts(c: CaseContext): Promise<void> {
  const attempt = c.attempt;
  c.attempt = 0;
  c.stage = 'held';
  await c.heed();
  await c.waitUntil(c.nowMs() + DAY_MS, () => undefined);
  await c.heed();
  c.attempt = attempt;
}
