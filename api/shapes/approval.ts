import { z } from 'zod';
import { reason } from '../schemas.ts';
import { caseMessage } from './case.ts';

const may = z.object({ allowed: z.boolean(), reasons: z.array(reason) });

export const approvalItem = z
  .object({
    approvalId: z.string(),
    caseId: z.string(),
    accountNo: z.string(),
    customerName: z.string(),
    category: z.string(),
    centreId: z.string(),
    status: z.string(),
    requiredRoles: z.array(z.string()),
    applicantId: z.string(),
    expiresAt: z.string(),
    nowAt: z.string().meta({ description: 'case time, in which the approval expires' }),
    bound: z.record(z.string(), z.unknown()).meta({
      description: 'account, meter, bills, principal, days: what it is given for',
    }),
    principalFen: z.int(),
    signatures: z.array(
      z.object({ role: z.string(), approverId: z.string(), decision: z.string(), at: z.string() }),
    ),
    isOpened: z.boolean().meta({ description: 'whether this person has had the whole file on the screen' }),
    mayDecide: may.meta({ description: 'whether this person may sign now, and every reason why not' }),
    mayTogether: may.meta({ description: 'whether it may be signed in one act with others (L7)' }),
  })
  .meta({ id: 'Approval' });
export type ApprovalItem = z.output<typeof approvalItem>;

const service = z.object({
  serviceId: z.string(),
  method: z.string(),
  occurredAt: z.string(),
  recordedBy: z.string(),
  counts: z.boolean(),
  proofs: z.int().meta({ description: 'number of proof files' }),
  reasons: z.array(reason),
});

export const approvalDossier = z
  .object({
    ...approvalItem.shape,
    account: z.object({
      customerClass: z.string(),
      meterNo: z.string(),
      address: z.string(),
      phone: z.string().nullable(),
      readerId: z.string(),
      protection: z.enum(['none', 'registered']).nullable(),
      earlierStops: z.int(),
    }),
    bills: z.array(
      z.object({
        billId: z.string(),
        period: z.string(),
        principalFen: z.int(),
        paidFen: z.int(),
        dueDate: z.string(),
        disputed: z.boolean(),
        isNamed: z.boolean().meta({ description: 'the approval is for this bill' }),
      }),
    ),
    notices: z.array(
      z.object({
        noticeId: z.string(),
        kind: z.string(),
        status: z.string(),
        sumFen: z.int(),
        lastPaymentOn: z.string().nullable(),
        servedAt: z.string().nullable(),
        services: z.array(service),
      }),
    ),
    messages: z.array(caseMessage),
    holds: z.array(z.object({ kind: z.string(), reason: z.string(), untilAt: z.string().nullable() })),
    decisions: z.array(
      z.object({
        question: z.string(),
        outcome: z.string(),
        occurredAt: z.string(),
        reasons: z.array(reason),
      }),
    ),
    signed: z.array(
      z.object({
        role: z.string(),
        approverId: z.string(),
        forPerson: z.string(),
        decision: z.string(),
        reason: z.string(),
        occurredAt: z.string(),
      }),
    ),
    ifApproved: z.array(z.object({ at: z.string(), step: z.string() })),
    people: z.record(z.string(), z.string()).meta({ description: 'names of the people named above' }),
  })
  .meta({ id: 'ApprovalDossier' });
export type ApprovalDossier = z.output<typeof approvalDossier>;
