import { z } from 'zod';

export const alarmItem = z
  .object({
    alarmId: z.string(),
    kind: z.string().meta({ description: 'what is wrong; each kind has its section in docs/operating.md' }),
    subjectId: z.string(),
    accountNo: z.string().nullable(),
    centreId: z.string().nullable(),
    caseId: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    raisedAt: z.string(),
    clearedAt: z.string().nullable(),
  })
  .meta({ id: 'Alarm' });
export type AlarmItem = z.output<typeof alarmItem>;

export const findingItem = z
  .object({
    what: z.string(),
    ok: z.boolean(),
    code: z.string(),
    detail: z.string(),
    advice: z.string().meta({ description: 'what to do; empty where nothing is to be done' }),
  })
  .meta({ id: 'Finding' });
export const diagnosis = z.object({ ok: z.boolean(), findings: z.array(findingItem) });
export type Diagnosis = z.output<typeof diagnosis>;

export const reconciliationItem = z
  .object({
    reconciliationId: z.string(),
    dryRun: z.boolean(),
    askedBy: z.string(),
    parts: z
      .record(z.string(), z.union([z.int(), z.literal('failed')]))
      .meta({ description: 'how many were compared; failed: could not be compared to its end' }),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    counts: z.record(z.string(), z.int()).meta({ description: 'differences by what was done about them' }),
  })
  .meta({ id: 'Reconciliation' });
export type ReconciliationItem = z.output<typeof reconciliationItem>;

export const differenceItem = z
  .object({
    kind: z.string(),
    subjectId: z.string(),
    accountNo: z.string().nullable(),
    centreId: z.string().nullable(),
    action: z.string().meta({ description: 'reported, would-mend, mending, mended or not-mended' }),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Difference' });
export type DifferenceItem = z.output<typeof differenceItem>;

export const webhookSubscriptionItem = z
  .object({
    subscriptionId: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    endedAt: z.string().nullable(),
    waiting: z.int().meta({ description: 'events that this address has not taken yet' }),
  })
  .meta({ id: 'WebhookSubscription' });
export type WebhookSubscriptionItem = z.output<typeof webhookSubscriptionItem>;

export const calendarYearItem = z
  .object({
    year: z.int(),
    source: z.string(),
    offDays: z.array(z.string()),
    workdays: z.array(z.string()),
  })
  .meta({ id: 'CalendarYear' });
export type CalendarYearItem = z.output<typeof calendarYearItem>;
