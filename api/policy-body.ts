import { z } from 'zod';
import type { Policy } from '../rules/parameters/policy.ts';

const whole = z.int().min(0).max(1_000_000_000);
const minutes = z.int().min(0).max(1_440);
const approvers = z
  .array(
    z.enum(['station-head', 'marketing-manager', 'company-head', 'company-president', 'government-liaison']),
  )
  .min(1)
  .max(5);

const parts = {
  overdueDays: whole,
  minimumDebtFen: whole,
  firstDunningPeriodDays: whole,
  yellowServiceDays: whole,
  yellowPeriodDays: whole,
  approvalDays: whole,
  candidateDays: whole,
  candidateSpanDays: whole,
  horizonDays: whole,
  stopAfterDueDays: whole,
  noticeDays: whole,
  intervalMinutes: minutes,
  stopWindow: z
    .strictObject({
      weekdays: z.array(z.int().min(1).max(7)).max(7),
      fromMinute: minutes,
      untilMinute: minutes,
    })
    .partial(),
  secondNoticeMinutes: z.strictObject({ resident: minutes, nonResident: minutes }).partial(),
  firstCallLeadMinutes: minutes,
  secondCallLeadMinutes: minutes,
  callSpreadMinutes: minutes,
  smsLeadMinutes: minutes,
  permitLifeMinutes: minutes,
  factsFreshSeconds: whole,
  contactRequired: z.boolean(),
  partPaymentHoldWorkingDays: whole,
  stopDisputeWorkingDays: whole,
  billingDisputeWorkingDays: whole,
  restoreHours: whole,
  restorePromiseHours: whole,
  escalationHours: z.array(whole).min(1).max(10),
  largeArrearsFen: whole,
  approvalMatrix: z
    .strictObject({
      resident: approvers,
      'non-resident': approvers,
      'dedicated-transformer': approvers,
      important: approvers,
      'continuous-process': approvers,
      'master-meter': approvers,
    })
    .partial(),
  dunningHours: z.strictObject({ fromMinute: minutes, untilMinute: minutes }).partial(),
  minimumLateFeeFen: whole,
} satisfies Record<keyof Omit<Policy, 'version'>, z.ZodType>;

/** Parts of a policy as they are published; what is left out stays as it is below. */
export const policyBody = z
  .strictObject(parts)
  .partial()
  .refine((body) => Object.keys(body).length > 0, { message: 'at least one parameter is needed' })
  .meta({ id: 'PolicyBody' });
