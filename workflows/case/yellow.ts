import type { PlanAnswer } from '../../activities/contract.ts';
import { AttemptSlips, type CaseContext } from './context.ts';

type Planned = Extract<PlanAnswer, { kind: 'planned' }>;

/** Second dunning: the reader serves the yellow notice that names the exact stop time (T2.1), then the payment period runs. */
export async function serveYellow(c: CaseContext, plan: Planned): Promise<void> {
  if (plan.yellowDueMs !== null) {
    c.stage = 'yellow-service';
    const isServed = await c.waitUntil(plan.yellowDueMs, (look) => look.yellowServed || undefined);
    if (!isServed) throw new AttemptSlips('yellow-not-served');
  }
  c.stage = 'yellow-period';
  await c.waitUntil(plan.approvalAtMs, () => undefined);
}
