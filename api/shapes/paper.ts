import { z } from 'zod';

export const paperItem = z
  .object({
    paperKey: z.string(),
    kind: z.string(),
    caseId: z.string().nullable(),
    accountNo: z.string(),
    centreId: z.string(),
    submissionId: z.string().nullable(),
    submittedAt: z.string().nullable(),
    receiptAt: z.string().nullable(),
    receiptBy: z.string().nullable(),
    recordedAt: z.string(),
    mayRecordReceipt: z.boolean().meta({ description: 'it has no receipt yet, and you may record one' }),
  })
  .meta({ id: 'Paper' });
export type PaperItem = z.output<typeof paperItem>;
