import type { Law } from './law.ts';
import type { Policy } from './policy.ts';

/** A number of a policy and what it has to lie between. */
export interface Bound {
  readonly name: string;
  readonly clause: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
}

const DAY_MINUTES = 1440;

/** Numbers that a clause bounds: a policy may be stricter, never softer. */
export function lawBounds(policy: Policy, law: Law): Bound[] {
  return [
    {
      name: 'stopAfterDueDays',
      clause: 'L2.30',
      value: policy.stopAfterDueDays,
      least: law.stopAfterDueDays,
    },
    { name: 'noticeDays', clause: 'T2.2', value: policy.noticeDays, least: law.noticeDays },
    {
      name: 'secondNoticeMinutes.resident',
      clause: 'L2.pre',
      value: policy.secondNoticeMinutes.resident,
      least: law.secondNoticeMinutes,
    },
    {
      name: 'secondNoticeMinutes.nonResident',
      clause: 'L2.pre',
      value: policy.secondNoticeMinutes.nonResident,
      least: law.secondNoticeMinutes,
    },
    { name: 'restoreHours', clause: 'L3', value: policy.restoreHours, least: 1, most: law.restoreHours },
    {
      name: 'restorePromiseHours',
      clause: 'L3',
      value: policy.restorePromiseHours,
      least: 1,
      most: policy.restoreHours,
    },
    {
      name: 'stopDisputeWorkingDays',
      clause: 'L5',
      value: policy.stopDisputeWorkingDays,
      least: 1,
      most: law.stopDisputeWorkingDays,
    },
    {
      name: 'billingDisputeWorkingDays',
      clause: 'L5',
      value: policy.billingDisputeWorkingDays,
      least: 1,
      most: law.billingDisputeWorkingDays,
    },
    { name: 'factsFreshSeconds', clause: 'T2.6', value: policy.factsFreshSeconds, least: 1, most: 60 },
    { name: 'permitLifeMinutes', clause: 'T2.6', value: policy.permitLifeMinutes, least: 1, most: 10 },
  ];
}

/** Numbers that the procedure needs to make sense. */
export function procedureBounds(policy: Policy): Bound[] {
  const { stopWindow: window, dunningHours: hours } = policy;
  return [
    { name: 'overdueDays', clause: 'T2.0', value: policy.overdueDays, least: 1 },
    { name: 'minimumDebtFen', clause: 'T2.0', value: policy.minimumDebtFen, least: 1 },
    { name: 'firstDunningPeriodDays', clause: 'T2.0', value: policy.firstDunningPeriodDays, least: 1 },
    { name: 'yellowServiceDays', clause: 'T2.1', value: policy.yellowServiceDays, least: 1 },
    { name: 'yellowPeriodDays', clause: 'T2.1', value: policy.yellowPeriodDays, least: 1 },
    { name: 'approvalDays', clause: 'T2.0', value: policy.approvalDays, least: 1 },
    { name: 'candidateDays', clause: 'T2.2', value: policy.candidateDays, least: 1, most: 3 },
    { name: 'candidateSpanDays', clause: 'T2.2', value: policy.candidateSpanDays, least: 1 },
    { name: 'horizonDays', clause: 'T2.2', value: policy.horizonDays, least: 40, most: 366 },
    {
      name: 'intervalMinutes',
      clause: 'L2.pre',
      value: policy.intervalMinutes,
      least: 15,
      most: window.untilMinute - window.fromMinute,
    },
    { name: 'stopWindow.fromMinute', clause: 'L2.pre', value: window.fromMinute, least: 480 },
    {
      name: 'stopWindow.untilMinute',
      clause: 'L2.pre',
      value: window.untilMinute,
      least: window.fromMinute + 1,
      most: 1080,
    },
    { name: 'smsLeadMinutes', clause: 'T2.4', value: policy.smsLeadMinutes, least: 30 },
    {
      name: 'secondCallLeadMinutes',
      clause: 'T2.4',
      value: policy.secondCallLeadMinutes,
      least: policy.smsLeadMinutes,
    },
    {
      name: 'firstCallLeadMinutes',
      clause: 'T2.4',
      value: policy.firstCallLeadMinutes,
      least: policy.secondCallLeadMinutes,
    },
    { name: 'callSpreadMinutes', clause: 'T2.4', value: policy.callSpreadMinutes, least: 0, most: 60 },
    {
      name: 'partPaymentHoldWorkingDays',
      clause: 'T1.2',
      value: policy.partPaymentHoldWorkingDays,
      least: 0,
    },
    { name: 'largeArrearsFen', clause: 'T3.5', value: policy.largeArrearsFen, least: 1 },
    { name: 'dunningHours.fromMinute', clause: 'T3.6', value: hours.fromMinute, least: 0 },
    {
      name: 'dunningHours.untilMinute',
      clause: 'T3.6',
      value: hours.untilMinute,
      least: hours.fromMinute + 1,
      most: DAY_MINUTES,
    },
    { name: 'minimumLateFeeFen', clause: 'L4', value: policy.minimumLateFeeFen, least: 0 },
  ];
}
