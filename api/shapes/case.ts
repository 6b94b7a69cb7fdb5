import { z } from 'zod';
import { reason } from '../schemas.ts';
import { holdEnd } from './hold.ts';
import { taskAct } from './task.ts';

const head = {
  caseId: z.string(),
  accountNo: z.string(),
  customerName: z.string(),
  centreId: z.string(),
  status: z.string(),
  stage: z.string(),
  attempt: z.int(),
  outcome: z.string().nullable(),
  openedAt: z.string(),
  stageSince: z.string(),
};

export const caseItem = z
  .object({
    ...head,
    openFen: z.int().meta({ description: 'open principal of electricity bills' }),
    stopAt: z.string().nullable().meta({ description: 'the stop, once its day is fixed' }),
    stopOn: z.string().nullable().meta({ description: 'first day on which it may be, before that' }),
    nextWakeAt: z.string().nullable().meta({ description: 'when the procedure acts next by itself' }),
  })
  .meta({ id: 'CaseItem' });
export type CaseItem = z.output<typeof caseItem>;

export const allowedAction = z.object({
  action: z.string(),
  allowed: z.boolean(),
  reasons: z.array(reason),
});
export type AllowedAction = z.output<typeof allowedAction>;

export const caseLine = z.object({
  at: z.string(),
  action: z.string(),
  actor: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

const decision = z.object({
  question: z.string(),
  outcome: z.string(),
  occurredAt: z.string(),
  rulebookVersion: z.string(),
  reasons: z.array(reason),
});

export const caseNotice = z.object({
  noticeId: z.string(),
  kind: z.string(),
  attempt: z.int(),
  status: z.string(),
  sumFen: z.int(),
  lastPaymentOn: z.string().nullable(),
  stopAt: z.string().nullable(),
  servedAt: z.string().nullable(),
});

export const caseMessage = z.object({
  messageId: z.string(),
  channel: z.string(),
  purpose: z.string(),
  status: z.string(),
  occurredAt: z.string(),
  deliveredAt: z.string().nullable(),
  answeredAt: z.string().nullable(),
  failure: z.string().nullable(),
});

export const casePlan = z.object({
  attempt: z.int(),
  status: z.string(),
  stopAt: z.string().nullable(),
  intervalMinutes: z.int(),
  namedPrincipalFen: z.int(),
  slipReason: z.string().nullable(),
  candidates: z.array(
    z.object({
      serviceDate: z.string(),
      stopDate: z.string(),
      startMinute: z.int(),
      ticketDate: z.string(),
    }),
  ),
});

export const caseView = z
  .object({
    ...head,
    category: z.string(),
    closedAt: z.string().nullable(),
    nowAt: z.string().meta({ description: 'case time' }),
    policyVersion: z.string(),
    launchedBy: z.string(),
    past: z.array(caseLine),
    planned: z.array(z.object({ at: z.string(), step: z.string() })),
    plans: z.array(casePlan),
    waitsFor: z
      .array(
        z.object({
          taskId: z.string(),
          kind: z.string(),
          role: z.string(),
          assignee: z.string().nullable(),
          ref: z.string().meta({ description: 'the notice, ticket or stop that it is about' }),
          notBefore: z.string(),
          dueAt: z.string(),
          act: taskAct,
        }),
      )
      .meta({ description: 'open tasks of people, the most urgent first' }),
    notices: z.array(caseNotice),
    messages: z.array(caseMessage),
    approvals: z.array(
      z.object({
        approvalId: z.string(),
        attempt: z.int(),
        status: z.string(),
        requiredRoles: z.array(z.string()),
        expiresAt: z.string(),
        applicantId: z.string(),
      }),
    ),
    tickets: z.array(
      z.object({
        ticketId: z.string(),
        kind: z.string(),
        status: z.string(),
        plannedFrom: z.string(),
        plannedTo: z.string(),
      }),
    ),
    holds: z.array(
      z.object({
        holdId: z.string(),
        kind: z.string(),
        untilAt: z.string().nullable(),
        decisionDueAt: z.string().nullable(),
        endedAt: z.string().nullable(),
        endReason: z.string().nullable(),
        end: holdEnd,
      }),
    ),
    stops: z.array(
      z.object({
        stopId: z.string(),
        classification: z.string(),
        inForce: z.boolean(),
        occurredAt: z.string(),
        restoredAt: z.string().nullable(),
        deadlineAt: z.string().nullable(),
        missed: z.boolean().nullable(),
      }),
    ),
    decisions: z.array(decision),
    allowedActions: z.array(allowedAction),
  })
  .meta({ id: 'CaseView' });
export type CaseView = z.output<typeof caseView>;
