import { z } from 'zod';
import { reason } from '../schemas.ts';

const allowedActions = z
  .array(z.object({ action: z.string(), allowed: z.boolean(), reasons: z.array(reason) }))
  .meta({ description: 'what this person may do with it now, and every reason why not' });
const ofAccount = { accountNo: z.string(), customerName: z.string(), centreId: z.string() };

export const objectionItem = z
  .object({
    objectionId: z.string(),
    ...ofAccount,
    scheme: z.string(),
    subjectId: z.string().nullable(),
    status: z.string(),
    channel: z.string(),
    outsideCheck: z.boolean(),
    filedBy: z.string(),
    occurredAt: z.string(),
    dueAt: z.string().meta({ description: 'decided by then (L5)' }),
    escalatedAt: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    words: z.string(),
    decision: z.string().nullable(),
    nowAt: z.string().meta({ description: 'case time' }),
    allowedActions,
  })
  .meta({ id: 'CreditObjection' });
export type ObjectionItem = z.output<typeof objectionItem>;

export const repairItem = z
  .object({
    repairId: z.string(),
    ...ofAccount,
    recordId: z.string().nullable(),
    status: z.string(),
    correctedOn: z.string().nullable(),
    paidOn: z.string().nullable(),
    cleanUntil: z.string().nullable().meta({ description: 'last day of the clean period (K7.1)' }),
    appliedBy: z.string(),
    verifiedBy: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    endedReason: z.string().nullable(),
    occurredAt: z.string(),
    words: z.string(),
    decision: z.string().nullable(),
    nowAt: z.string().meta({ description: 'case time' }),
    allowedActions,
  })
  .meta({ id: 'CreditRepair' });
export type RepairItem = z.output<typeof repairItem>;

export const downgradeItem = z
  .object({
    downgradeId: z.string(),
    ...ofAccount,
    scheme: z.string(),
    from: z.string(),
    to: z.string(),
    code: z.string().meta({ description: 'the rule that says so' }),
    why: z.string().meta({ description: 'the same in words, with the figures of the customer' }),
    status: z.string(),
    facts: z.record(z.string(), z.unknown()).nullable(),
    decidedBy: z.string().nullable(),
    replyUntil: z.string().nullable().meta({ description: 'nothing holds before' }),
    repliedAt: z.string().nullable(),
    replyAnswer: z.string().nullable(),
    effectiveOn: z.string().nullable(),
    endedReason: z.string().nullable(),
    occurredAt: z.string(),
    reply: z.string().nullable(),
    decision: z.string().nullable(),
    nowAt: z.string().meta({ description: 'case time' }),
    allowedActions,
  })
  .meta({ id: 'CreditDowngrade' });
export type DowngradeItem = z.output<typeof downgradeItem>;

export const exportItem = z
  .object({
    exportId: z.string(),
    ...ofAccount,
    kind: z.string(),
    subjectId: z.string(),
    basisId: z.string(),
    status: z.string(),
    statedOn: z.string(),
    noticeUntil: z.string().nullable(),
    proposedBy: z.string(),
    approvedBy: z.string().nullable(),
    sentAt: z.string().nullable(),
    acknowledgedAt: z.string().nullable(),
    withdrawReason: z.string().nullable(),
    withdrawnAt: z.string().nullable(),
    refusedCode: z.string().nullable(),
    nowAt: z.string().meta({ description: 'case time' }),
    allowedActions,
  })
  .meta({ id: 'CreditExport' });
export type ExportItem = z.output<typeof exportItem>;
