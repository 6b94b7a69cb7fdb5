import { z } from 'zod';
import { allowedAction } from './case.ts';
import { holdEnd } from './hold.ts';

const line = z.object({ at: z.string(), text: z.string() });

/** Who asks about a customer: what happened, what to tell them, what can be done at once. */
export const serviceView = z
  .object({
    accountNo: z.string(),
    customerName: z.string(),
    address: z.string(),
    phone: z.string().nullable(),
    category: z.string(),
    protection: z.enum(['none', 'registered']).nullable(),
    nowAt: z.string().meta({ description: 'case time' }),
    standing: z.enum([
      'restoring',
      'stopped',
      'restored',
      'pending',
      'held',
      'red',
      'yellow',
      'owing',
      'clear',
    ]),
    say: z.array(z.string()).meta({ description: 'what the customer is told, in the language of the asker' }),
    title: z.string(),
    dueFen: z.int().meta({ description: 'what clears the matter: the debt behind a stop or notice alone' }),
    sumFen: z.int().meta({ description: 'all that is overdue, late fees included' }),
    bills: z.array(
      z.object({
        billId: z.string(),
        period: z.string(),
        dueDate: z.string(),
        openFen: z.int(),
        lateFeeFen: z.int(),
      }),
    ),
    history: z.array(line).meta({ description: 'in the words of the customer’s own page, newest first' }),
    planned: z.array(z.object({ at: z.string(), step: z.string() })),
    messages: z.array(
      z.object({
        messageId: z.string(),
        channel: z.string(),
        purpose: z.string(),
        status: z.string(),
        occurredAt: z.string(),
        deliveredAt: z.string().nullable(),
        answeredAt: z.string().nullable(),
      }),
    ),
    case: z
      .object({ caseId: z.string(), status: z.string(), stage: z.string(), outcome: z.string().nullable() })
      .nullable(),
    stop: z
      .object({
        stopId: z.string(),
        occurredAt: z.string(),
        inForce: z.boolean(),
        triggers: z.array(z.string()),
        restoration: z
          .object({
            status: z.string(),
            causeAt: z.string(),
            promiseAt: z.string(),
            deadlineAt: z.string(),
            missed: z.boolean(),
            safetyConfirmedAt: z.string().nullable(),
            restoredAt: z.string().nullable(),
          })
          .nullable(),
      })
      .nullable()
      .meta({ description: 'the newest stop, with its clock' }),
    holds: z
      .array(
        z.object({
          holdId: z.string(),
          kind: z.string(),
          reason: z.string(),
          setBy: z.string(),
          occurredAt: z.string(),
          untilAt: z.string().nullable(),
          decisionDueAt: z.string().nullable(),
          end: holdEnd,
        }),
      )
      .meta({
        description: 'what makes the procedure wait now; a dispute with the time it is decided by (L5)',
      }),
    allowedActions: z.array(allowedAction),
  })
  .meta({ id: 'ServiceView' });
export type ServiceView = z.output<typeof serviceView>;
