import { WORKFLOWS, type CreditRunInput } from '../workflows/messages.ts';
import type { Planned } from './schedules.ts';

/** Accounts of one stretch of a run: some seconds of one statement. */
const STRETCH = 20_000;

const input = (companyId: string, kind: CreditRunInput['kind']) => ({
  ...{ companyId, kind, month: null, dry: false, startedBy: 'fudian', runId: null, stretch: STRETCH },
});

/** The runs nobody has to remember (G2.1, K5.3), and the look in between. Times of Shanghai. */
export const creditSchedulesOf = (companyId: string): Planned[] => [
  {
    scheduleId: `credit-monthly/${companyId}`,
    workflowType: WORKFLOWS.creditRun,
    cronExpressions: ['30 1 1 * *'],
    args: [input(companyId, 'grade')],
    // A month that nobody graded is graded late, never not at all.
    catchupWindow: '20 days',
  },
  {
    scheduleId: `credit-yearly/${companyId}`,
    workflowType: WORKFLOWS.creditRun,
    cronExpressions: ['30 3 2 1 *'],
    args: [input(companyId, 'score')],
    catchupWindow: '90 days',
  },
  {
    scheduleId: `credit-watch/${companyId}`,
    workflowType: WORKFLOWS.creditWatch,
    // Customers are written to by day; a change is judged within five minutes at any hour of it.
    cronExpressions: ['*/5 8-19 * * *'],
    args: [{ companyId }],
  },
];
