import { z } from 'zod';
import { reason } from '../schemas.ts';

/** What is owed after a wrongful stop, in the order in which it is made good (T3.4). */
export const owedPart = z.enum(['restoration', 'apology', 'compensation', 'cause']);

export const incidentItem = z
  .object({
    incidentId: z.string(),
    stopId: z.string(),
    caseId: z.string().nullable(),
    accountNo: z.string(),
    customerName: z.string(),
    centreId: z.string(),
    kind: z.string().meta({ description: 'wrongful-stop, race or breach' }),
    reasons: z.array(reason),
    occurredAt: z.string(),
    stoppedAt: z.string(),
    stopInForce: z.boolean(),
    restoredAt: z.string().nullable(),
    apologyAt: z.string().nullable(),
    compensationFen: z.int().nullable(),
    cause: z.string().nullable(),
    closedAt: z.string().nullable(),
    owed: z.array(owedPart).meta({ description: 'what is still missing; nothing closes before it is empty' }),
    mayUpdate: z.boolean().meta({ description: 'it is open, and you may write down what was done' }),
  })
  .meta({ id: 'Incident' });
export type IncidentItem = z.output<typeof incidentItem>;
