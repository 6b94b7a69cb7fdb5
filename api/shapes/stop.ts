import { z } from 'zod';

export const stopItem = z
  .object({
    stopId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    caseId: z.string().nullable(),
    classification: z.string(),
    method: z.string(),
    meterNo: z.string(),
    principalFen: z.int().meta({ description: 'the debt that caused it, and nothing else' }),
    inForce: z.boolean(),
    occurredAt: z.string(),
    restoredAt: z.string().nullable(),
    triggers: z.array(z.string()).meta({ description: 'what makes a restoration due (L3)' }),
  })
  .meta({ id: 'Stop' });
export type StopItem = z.output<typeof stopItem>;
