import { z } from 'zod';

export const foundAccount = z
  .object({
    accountNo: z.string(),
    centreId: z.string(),
    category: z.string(),
    name: z.string(),
    address: z.string(),
    openCaseId: z.string().nullable(),
    isStopped: z.boolean().meta({ description: 'supply is off by a stop of ours' }),
  })
  .meta({ id: 'FoundAccount' });
export type FoundAccount = z.output<typeof foundAccount>;

export const accountFile = z
  .object({
    accountNo: z.string(),
    centreId: z.string(),
    region: z.string(),
    customerClass: z.string(),
    category: z.string(),
    meterNo: z.string(),
    readerId: z.string(),
    remoteSwitch: z.boolean(),
    protection: z.enum(['none', 'registered']).nullable(),
    customerName: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    address: z.string(),
    agreedAddresses: z.array(
      z.object({ channel: z.enum(['sms', 'email']), address: z.string(), agreedOn: z.string() }),
    ),
    openCaseId: z.string().nullable(),
    stopInForceId: z.string().nullable(),
    bills: z.array(
      z.object({
        billId: z.string(),
        service: z.string(),
        period: z.string(),
        principalFen: z.int(),
        paidFen: z.int(),
        dueDate: z.string(),
        disputed: z.boolean(),
      }),
    ),
    payments: z.array(
      z.object({
        paymentId: z.string(),
        amountFen: z.int(),
        status: z.string(),
        channel: z.string(),
        occurredAt: z.string(),
      }),
    ),
  })
  .meta({ id: 'AccountFile' });
export type AccountFile = z.output<typeof accountFile>;
