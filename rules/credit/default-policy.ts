import { civilDate, type CivilDate } from '../calendar/civil-date.ts';
import { datedTable } from '../parameters/dated-table.ts';
import type { CreditPolicy } from './policy.ts';

/** Our own reading of what the texts leave open [D]; a company publishes its own over it. */
const FIRST: CreditPolicy = {
  version: 'credit-default-2026.11',
  grade: {
    settledGraceDays: 0,
    oneMonthDays: 30,
    twoMonthsDays: 60,
    offenceYears: 3,
    yearMonths: 12,
    newCustomerMonths: 12,
    deferralRests: 1,
  },
  colour: {
    yellow: { arrearsDays: 1, lateBills: 3 },
    red: { arrearsDays: 61 },
    black: { arrearsDays: 181 },
    blackOffenceYears: 1,
  },
  score: {
    weights: { payment: 40, conduct: 25, safety: 20, cooperation: 15 },
    thresholds: { excellent: 90, good: 80, fair: 70, poor: 60 },
    minus: {
      lateBill: 5,
      tenArrearsDays: 5,
      dunnedCase: 5,
      stoppedCase: 20,
      brokenPlan: 10,
      theft: 100,
      violation: 40,
      failedInspection: 20,
      failedEquipment: 20,
      badCooperation: 15,
      badExternal: 15,
      breach: 20,
    },
    plus: { cooperation: 10, honour: 15, goodExternal: 10 },
    cooperationStart: 80,
    years: 3,
    adjustmentPoints: 10,
    adjustmentMonths: 12,
  },
  consequences: {
    prepaymentYuanPerKva: 100,
    prepaymentSharePercent: { B: 50, C: 100, D: 100 },
    offerWorkingDays: 15,
    suggestionDays: 30,
    inspectionMonths: 12,
    closeInspectionMonths: 3,
    paymentsPerMonth: 2,
    benefitDays: 365,
    claimWorkingDays: 10,
    outageNoticeHours: 72,
    earlierReminderDays: { A: 0, B: 0, C: 1, D: 2 },
    drawPermille: 100,
  },
  harm: {
    grades: ['C', 'D'],
    scoreGrades: ['poor', 'bad'],
    colours: ['red', 'black'],
    replyDays: 7,
  },
  remedies: {
    cleanMonths: 6,
    objectionWorkingDays: 3,
    outsideCheckWorkingDays: 7,
    verifyWorkingDays: 5,
    publicationNoticeDays: 15,
  },
  enabled: [],
};

const table = datedTable('creditPolicy', [
  {
    from: civilDate('2020-01-01'),
    to: null,
    value: FIRST,
    clause: 'G1.gap',
    source: 'own definitions where the texts are silent, to be confirmed by a legal owner',
  },
]);

/** The definitions of a day. @throws RangeError for an uncovered day */
export const defaultCreditPolicy = (onDate: CivilDate): CreditPolicy => table(onDate).value;
