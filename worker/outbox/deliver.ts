import { Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { caseOffsetMs } from '../../db/case-clock.ts';
import type { OutboxEntry } from '../../db/outbox/put-outbox.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { companyScope } from '../../activities/deps.ts';
import {
  caseWorkflowId,
  FACT_SIGNAL,
  MATTER_WORKFLOWS,
  matterWorkflowId,
  reportWorkflowId,
  restoreWorkflowId,
  TASK_QUEUES,
  WORKFLOWS,
} from '../../workflows/messages.ts';
import { deliverStandDown } from './stand-down.ts';
import { postWebhooks } from './webhooks.ts';

/** One queued entry as the dispatcher claimed it. */
export type Claimed = OutboxEntry & {
  outboxId: number;
  companyId: string;
  attempts: number;
  /** Since its commit, by the database's clock. */
  ageSeconds: number;
};

export interface DeliverDeps extends ActivityDeps {
  readonly temporal: Client;
}

/** `done` leaves the queue; otherwise it is tried again after so many ms. */
export type Delivery = 'done' | { againInMs: number };

const isGone = (error: unknown): boolean => error instanceof WorkflowNotFoundError;
const isStarted = (error: unknown): boolean => error instanceof WorkflowExecutionAlreadyStartedError;

async function offsetOf(deps: DeliverDeps, companyId: string, accountId: string): Promise<number> {
  return deps.db.tx(companyScope({ companyId }), (tx) => caseOffsetMs(tx, accountId));
}

/** A fact finds its case; where the case is over, the books have been routed anew when the fact was stored. */
async function signalCase(
  deps: DeliverDeps,
  entry: Extract<Claimed, { kind: 'signal-case' }>,
): Promise<Delivery> {
  const { accountId, caseId, signal } = entry.payload;
  try {
    await deps.temporal.workflow.getHandle(caseWorkflowId(accountId)).signal(FACT_SIGNAL, signal);
    return 'done';
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  const open = await deps.db.tx(companyScope(entry), (tx) =>
    tx.row(`select 1 from cases where case_id = $1 and status = 'open'`, [caseId]),
  );
  // An open case without a workflow is a fault: the signal waits, visibly, until it is mended.
  return open === undefined ? 'done' : { againInMs: 30_000 };
}

async function signalRestore(
  deps: DeliverDeps,
  entry: Extract<Claimed, { kind: 'signal-restore' }>,
): Promise<Delivery> {
  const { stopId, signal } = entry.payload;
  try {
    await deps.temporal.workflow.getHandle(restoreWorkflowId(stopId)).signal(FACT_SIGNAL, signal);
    return 'done';
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  const waiting = await deps.db.tx(companyScope(entry), (tx) =>
    tx.row(`select 1 from restorations where stop_id = $1 and restored_at is null`, [stopId]),
  );
  return waiting === undefined ? 'done' : { againInMs: 10_000 };
}

/** One stop, one restoration: the id refuses a second one while it runs and once it has ended well (L3). */
async function startRestore(
  deps: DeliverDeps,
  entry: Extract<Claimed, { kind: 'start-restore' }>,
): Promise<Delivery> {
  const { input, signal } = entry.payload;
  const clockOffsetMs = await offsetOf(deps, entry.companyId, input.accountId);
  try {
    await deps.temporal.workflow.signalWithStart(WORKFLOWS.restoration, {
      workflowId: restoreWorkflowId(input.stopId),
      taskQueue: TASK_QUEUES.cases,
      args: [{ ...input, clockOffsetMs }],
      signal: FACT_SIGNAL,
      signalArgs: [signal],
      // One that was ended by force, or failed, has brought no light back: the next trigger starts it again.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
  } catch (error) {
    if (!isStarted(error)) throw error;
  }
  return 'done';
}

async function startReport(
  deps: DeliverDeps,
  entry: Extract<Claimed, { kind: 'start-report' }>,
): Promise<Delivery> {
  const { input } = entry.payload;
  const clockOffsetMs = await offsetOf(deps, entry.companyId, input.accountId);
  try {
    await deps.temporal.workflow.start(WORKFLOWS.upwardReport, {
      workflowId: reportWorkflowId(input.subject, input.subjectId),
      taskQueue: TASK_QUEUES.cases,
      args: [{ ...input, clockOffsetMs }],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
  } catch (error) {
    if (!isStarted(error)) throw error;
  }
  return 'done';
}

async function signalReport(
  deps: DeliverDeps,
  entry: Extract<Claimed, { kind: 'signal-report' }>,
): Promise<Delivery> {
  const { subject, subjectId, signal } = entry.payload;
  try {
    await deps.temporal.workflow.getHandle(reportWorkflowId(subject, subjectId)).signal(FACT_SIGNAL, signal);
  } catch (error) {
    // The report was settled meanwhile.
    if (!isGone(error)) throw error;
  }
  return 'done';
}

async function startMatter(
  deps: DeliverDeps,
  entry: Extract<Claimed, { kind: 'start-matter' }>,
): Promise<Delivery> {
  const { kind, input } = entry.payload;
  const clockOffsetMs = await offsetOf(deps, entry.companyId, input.accountId);
  try {
    await deps.temporal.workflow.start(MATTER_WORKFLOWS[kind], {
      workflowId: matterWorkflowId(kind, input.subjectId),
      taskQueue: TASK_QUEUES.cases,
      args: [{ ...input, clockOffsetMs }],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
  } catch (error) {
    if (!isStarted(error)) throw error;
  }
  return 'done';
}

async function signalMatter(
  deps: DeliverDeps,
  entry: Extract<Claimed, { kind: 'signal-matter' }>,
): Promise<Delivery> {
  const { kind, subjectId, signal } = entry.payload;
  try {
    await deps.temporal.workflow.getHandle(matterWorkflowId(kind, subjectId)).signal(FACT_SIGNAL, signal);
    return 'done';
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  const unstarted = await deps.db.tx(companyScope(entry), (tx) =>
    tx.row(`select 1 from outbox where outbox_key = $1 and done_at is null`, [
      `start-matter/${kind}/${subjectId}`,
    ]),
  );
  // Its start waits in the same queue; a matter that is over needs no word any more.
  return unstarted === undefined ? 'done' : { againInMs: 1_000 };
}

/** Carries one entry out of the database. @throws whatever the receiver throws; the entry is then tried again */
export function deliver(deps: DeliverDeps, entry: Claimed): Promise<Delivery> {
  switch (entry.kind) {
    case 'signal-case':
      return signalCase(deps, entry);
    case 'signal-restore':
      return signalRestore(deps, entry);
    case 'start-restore':
      return startRestore(deps, entry);
    case 'start-report':
      return startReport(deps, entry);
    case 'signal-report':
      return signalReport(deps, entry);
    case 'start-matter':
      return startMatter(deps, entry);
    case 'signal-matter':
      return signalMatter(deps, entry);
    case 'stand-down':
      return deliverStandDown(deps, entry);
    case 'webhook':
      return postWebhooks(deps, entry);
  }
}
