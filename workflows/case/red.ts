import type { PlanAnswer } from '../../activities/contract.ts';
import { AttemptSlips, type CaseContext } from './context.ts';

type Planned = Extract<PlanAnswer, { kind: 'planned' }>;

/** Red notice: served on one of the candidate days; the proof fixes the stop day seven days later (T2.2). */
export async function serveRed(c: CaseContext, plan: Planned): Promise<void> {
  c.stage = 'red-service';
  for (const window of plan.serviceWindows) {
    if (window.untilMs <= c.nowMs()) continue;
    if (window.fromMs > c.nowMs()) await c.waitUntil(window.fromMs, () => undefined);
    // The sum printed is the debt as billing knows it that morning.
    const { untilMs } = window;
    const answer = await c.stepOnBilling((moment) => c.liveForReminders.prepareRed({ ...moment, untilMs }));
    if (answer === null) continue;
    if (answer.outcome === 'refused') throw new AttemptSlips(answer.reasons[0]?.code ?? 'red-refused');
    if (answer.outcome === 'undetermined') continue;
    if (answer.messageId !== undefined) await c.send(answer.messageId);
    const isServed = await c.waitUntil(window.untilMs, (look) => (look.redServed ? true : undefined));
    if (isServed) return;
  }
  throw new AttemptSlips('red-not-served');
}
