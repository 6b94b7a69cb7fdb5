import type { Policy } from '../parameters/policy.ts';
import type { CreditPolicy } from './policy.ts';
import type { Grade } from './scheme.ts';

export type ReminderTone = 'oversight' | 'plain' | 'helping';

/** How a reminder speaks: to who always pays as of an oversight, to a frequent debtor with an offer of help (R3). */
export const toneOf = (grade: Grade): ReminderTone =>
  grade === 'A' ? 'oversight' : grade === 'B' ? 'plain' : 'helping';

/**
 * What a grade changes of collection, and all that it changes (R3): a worse grade is reminded some days earlier, never before the
 * day after the bill was due. Every number that protects the customer (stop day, notice, second notice, restoration) stays as it is.
 */
export function shapedPolicy(policy: Policy, grade: Grade, credit: CreditPolicy): Policy {
  const earlier = credit.consequences.earlierReminderDays[grade];
  return { ...policy, overdueDays: Math.max(1, policy.overdueDays - earlier) };
}
