import { z } from 'zod';

export const creditRun = z
  .object({
    runId: z.string(),
    kind: z.enum(['grade', 'score']),
    month: z.string(),
    asOf: z.string(),
    dry: z.boolean(),
    policyVersion: z.string(),
    status: z.string(),
    total: z.int(),
    done: z.int(),
    movedUp: z.int(),
    movedDown: z.int(),
    queued: z.int(),
    faults: z.int(),
    startedBy: z.string(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'CreditRun' });
export type CreditRun = z.output<typeof creditRun>;

export const dryMove = z.object({
  accountNo: z.string(),
  fromGrade: z.string().nullable().meta({ description: 'null in a run of scores, as the next three' }),
  toGrade: z.string().nullable(),
  fromColour: z.string().nullable(),
  toColour: z.string().nullable(),
  fromScore: z.string().nullable().meta({ description: 'null in a run of grades, or not scored yet' }),
  toScore: z.string().nullable(),
  code: z.string(),
  why: z
    .object({ zh: z.string(), en: z.string() })
    .meta({ description: 'the reason of the grade or score in words, with the figures of the customer' }),
  facts: z
    .record(z.string(), z.unknown())
    .meta({ description: 'of a score its indicators, each with points, weight and reason' }),
});
export type DryMove = z.output<typeof dryMove>;

export const runFault = z.object({ accountNo: z.string(), error: z.string() });
export type RunFault = z.output<typeof runFault>;
