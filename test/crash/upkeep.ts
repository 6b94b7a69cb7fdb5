import { randomUUID } from 'node:crypto';
import { TASK_QUEUES, WORKFLOWS, type CreditRunInput } from '../../workflows/messages.ts';
import type { Hands } from '../soak/hands.ts';
import { COMPANY } from '../support/town/town.ts';

type Planned = readonly [workflow: keyof typeof WORKFLOWS, args: Record<string, unknown>];

const creditRun: CreditRunInput = {
  ...{ companyId: COMPANY, kind: 'grade', month: null, dry: false, startedBy: 'crash-run', runId: null },
  stretch: 2,
};

/** What the clock starts by itself, in the order of a day; each once. */
const DAY: readonly Planned[] = [
  ['auditAnchor', { companyId: COMPANY }],
  ['retention', { companyId: COMPANY }],
  ['reconciliation', { companyId: COMPANY, dryRun: false, askedBy: 'crash-run' }],
  ['paymentWatch', { companyId: COMPANY }],
  ['operationsWatch', { companyId: COMPANY }],
  ['creditRun', { ...creditRun }],
  ['creditWatch', { companyId: COMPANY }],
];

/** Runs what schedules start, one after the other, and waits for each. @throws Error when one fails */
export async function dayOfUpkeep({ stand }: Hands): Promise<void> {
  for (const [workflow, args] of DAY)
    await stand.temporal.workflow.execute(WORKFLOWS[workflow], {
      workflowId: `${workflow}/${randomUUID()}`,
      taskQueue: TASK_QUEUES.cases,
      args: [args],
    });
}
