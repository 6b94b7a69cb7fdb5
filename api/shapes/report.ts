import { z } from 'zod';

export const reportItem = z
  .object({
    reportId: z.string(),
    subject: z.string(),
    subjectId: z.string(),
    accountNo: z.string(),
    centreId: z.string(),
    text: z.string(),
    toRoles: z.array(z.string()).meta({ description: 'whom it was sent to so far, from below' }),
    rung: z.int(),
    since: z.string(),
    acknowledgedBy: z.string().nullable(),
    acknowledgedAt: z.string().nullable(),
    mayAcknowledge: z.boolean().meta({ description: 'it waits, and was sent to you or below you' }),
  })
  .meta({ id: 'Report' });
export type ReportItem = z.output<typeof reportItem>;
