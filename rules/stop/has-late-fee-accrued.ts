import { civilDateAt } from '../calendar/shanghai-time.ts';
import { lateFeeFen } from '../late-fee/late-fee.ts';
import { lateFeeRate } from '../late-fee/late-fee-rate.ts';
import { lawAt } from '../parameters/law.ts';
import { against, NOTHING_AGAINST, type Finding, type StopFacts } from './facts.ts';

/** Has any late fee accrued on the named debt (T2.0)? Where an order suspended all of it, supply is not stopped for it. */
export function hasLateFeeAccrued(facts: StopFacts): Finding {
  const today = civilDateAt(facts.nowMs);
  const permille = lateFeeRate(
    { customerClass: facts.customerClass, contractPermille: facts.lateFeePermille },
    lawAt(today),
  );
  const hasFee = facts.bills.some(
    (bill) =>
      facts.namedBillIds.includes(bill.billId) &&
      bill.openFen > 0 &&
      lateFeeFen({
        openFen: bill.openFen,
        dueDate: bill.dueDate,
        paidOn: today,
        permille,
        suspended: facts.feeShields,
        minimumFen: facts.policy.minimumLateFeeFen,
      }) > 0,
  );
  return hasFee ? NOTHING_AGAINST : against({ code: 'no-late-fee-accrued', clause: 'T2.0' });
}
