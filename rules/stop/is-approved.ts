import { civilDateAt, minuteOfDayAt } from '../calendar/shanghai-time.ts';
import { isApprovalStillBound } from '../approval/is-approval-still-bound.ts';
import { against, type Finding, type StopFacts } from './facts.ts';
import { namedOpenFen } from './is-named-debt-open.ts';

/** Is this very stop approved by everybody who must (T2.0, T3.4), for these bills, this money and this day? */
export function isApproved(facts: StopFacts): Finding {
  const { approval } = facts;
  if (approval === null) return against({ code: 'not-approved', clause: 'T3.4' });
  if (approval.status !== 'approved') return against({ code: `approval-${approval.status}`, clause: 'T3.4' });
  return against(
    ...isApprovalStillBound(approval.bound, {
      accountId: facts.accountId,
      meterNo: facts.meterNo,
      debtorId: facts.debtorId,
      billIds: facts.namedBillIds,
      principalFen: namedOpenFen(facts),
      slot:
        facts.stopAtMs === null
          ? null
          : { stopDate: civilDateAt(facts.stopAtMs), startMinute: minuteOfDayAt(facts.stopAtMs) },
      intervalMinutes: facts.intervalMinutes,
    }),
  );
}
