import type { Policy } from '../parameters/policy.ts';
import type { Reason } from '../verdict.ts';
import type { ScreenFacts } from './facts.ts';
import { overdueDebt } from './overdue-debt.ts';

/** Is there electricity debt, old enough and large enough? Each "no" with its numbers (L2.30). */
export function hasEnoughDebt(facts: ScreenFacts, policy: Policy): Reason[] {
  const open = facts.bills.filter((bill) => bill.openFen > 0);
  const electricity = open.filter((bill) => bill.service === 'electricity');
  const debt = overdueDebt(facts.bills, facts.today);
  const disputed = electricity.filter((bill) => bill.disputed);
  const reasons: Reason[] = [];
  if (open.length === 0) return [{ code: 'nothing-owed', clause: 'T2.8' }];
  if (electricity.length === 0) reasons.push({ code: 'no-electricity-debt', clause: 'L2.30' });
  if (disputed.length > 0)
    reasons.push({ code: 'bill-disputed', clause: 'L5', params: { bills: disputed.length } });
  if (electricity.length === 0 || electricity.length === disputed.length) return reasons;
  if (debt.oldestDays < policy.overdueDays)
    reasons.push({
      code: 'not-overdue-enough-to-collect',
      clause: 'L2.30',
      params: { days: debt.oldestDays, neededDays: policy.overdueDays },
    });
  if (debt.oldestDays > 0 && debt.openFen < policy.minimumDebtFen)
    reasons.push({
      code: 'below-minimum-debt',
      clause: 'T2.0',
      params: { openFen: debt.openFen, minimumFen: policy.minimumDebtFen },
    });
  // A disputed bill is left out; it does not shield the others.
  return debt.openFen >= policy.minimumDebtFen && debt.oldestDays >= policy.overdueDays
    ? reasons.filter((reason) => reason.code !== 'bill-disputed')
    : reasons;
}
