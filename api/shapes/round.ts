import { z } from 'zod';
import { reason } from '../schemas.ts';
import { allowedAction } from './case.ts';

const where = {
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  meterNo: z.string().meta({ description: 'number of the meter that it is about' }),
  nowAt: z.string().meta({ description: 'case time when this was read: what a device stamps its acts by' }),
};

/** The stop as the service on one day would fix it (T2.2). */
const serviceDay = z.object({
  on: z.string(),
  lastPaymentOn: z.string(),
  stopAt: z.string(),
  stopUntil: z.string(),
});

const roundNotice = z.object({
  noticeId: z.string(),
  kind: z.string(),
  sumFen: z.int(),
  principalFen: z.int(),
  lastPaymentOn: z.string().nullable(),
  stopAt: z.string().nullable(),
  stopUntil: z.string().nullable(),
  text: z.object({ zh: z.string(), en: z.string() }),
  serviceDays: z
    .array(serviceDay)
    .meta({ description: 'of a red notice: what each day of service would fix' }),
  methods: z.array(z.string()).meta({ description: 'how it may be served at the door' }),
  mayServe: z.object({ allowed: z.boolean(), reasons: z.array(reason) }),
});

export const roundItem = z
  .object({
    ...where,
    taskId: z.string(),
    kind: z.string(),
    ref: z.string().meta({ description: 'the notice, ticket or case that it is about' }),
    caseId: z.string().nullable(),
    notBefore: z.string(),
    dueAt: z.string(),
    notice: roundNotice.nullable(),
    stop: z
      .object({ plannedFrom: z.string(), plannedTo: z.string() })
      .nullable()
      .meta({ description: 'of a task at a stop: when it is planned' }),
  })
  .meta({ id: 'RoundItem', description: 'one stop of a reader’s round' });
export type RoundItem = z.output<typeof roundItem>;

export const crewTicket = z
  .object({
    ...where,
    ticketId: z.string(),
    kind: z.enum(['stop', 'restore']),
    status: z.string(),
    caseId: z.string().nullable(),
    stopId: z.string().nullable(),
    plannedFrom: z.string(),
    plannedTo: z.string(),
    recallReason: z.string().nullable(),
    form: z.record(z.string(), z.string()),
    phone: z.string().nullable().meta({ description: 'of a restoration only: to ask whether it is safe' }),
    permit: z
      .object({ permitId: z.string(), expiresAt: z.string() })
      .nullable()
      .meta({ description: 'the live permit of whoever asks' }),
    restoration: z
      .object({
        causeAt: z.string(),
        promiseAt: z.string(),
        deadlineAt: z.string(),
        safetyConfirmedAt: z.string().nullable(),
        safetyDangerAt: z.string().nullable(),
      })
      .nullable(),
    allowedActions: z.array(allowedAction),
  })
  .meta({ id: 'CrewTicket', description: 'one ticket of a crew’s day' });
export type CrewTicket = z.output<typeof crewTicket>;
