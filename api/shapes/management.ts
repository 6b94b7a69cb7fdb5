import { z } from 'zod';

const count = z.int().nonnegative();

export const managementCases = z
  .object({
    stages: z.array(z.object({ centreId: z.string(), stage: z.string(), cases: count })),
    centres: z.array(
      z.object({
        centreId: z.string(),
        name: z.string(),
        approvals: count,
        approvalsSoon: count.meta({ description: 'end within a day' }),
        stopped: count.meta({ description: 'supply is off' }),
        restoring: count.meta({ description: 'restorations under way' }),
        late: count.meta({ description: 'of these, past their 24 hours' }),
      }),
    ),
  })
  .meta({ id: 'ManagementCases' });
export type ManagementCases = z.output<typeof managementCases>;

export const managementRecovered = z
  .object({
    days: z.array(
      z.object({
        day: z.string(),
        centreId: z.string(),
        payments: count,
        fen: z.int().meta({ description: 'posted for cases less taken back, whole fen; may be below zero' }),
      }),
    ),
  })
  .meta({ id: 'ManagementRecovered' });
export type ManagementRecovered = z.output<typeof managementRecovered>;

export const managementRestorations = z
  .object({
    hours: z.array(
      z.object({
        centreId: z.string(),
        withinHours: z.int().meta({ description: '2, 4, 8, 12, 24; 25 = longer than 24' }),
        restored: count,
        missed: count,
      }),
    ),
  })
  .meta({ id: 'ManagementRestorations' });
export type ManagementRestorations = z.output<typeof managementRestorations>;

export const managementReaders = z
  .object({
    readers: z.array(
      z.object({
        readerId: z.string(),
        centreId: z.string(),
        cases: count,
        toServe: count.meta({ description: 'a notice waits to be served' }),
        approval: count,
        held: count,
        tasks: count,
        overdue: count,
      }),
    ),
  })
  .meta({ id: 'ManagementReaders' });
export type ManagementReaders = z.output<typeof managementReaders>;
