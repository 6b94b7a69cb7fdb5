import type { ActivityDeps } from '../deps.ts';
import type { CreditActivities, CreditOutboundActivities } from './contract.ts';
import { judgeStretch } from './judge-stretch.ts';
import { keepMeasures } from './keep-measures.ts';
import { openCreditRun, setCreditRunStatus } from './open-credit-run.ts';
import { prepareReminders } from './prepare-reminders.ts';
import { sendCreditMessages } from './send-credit-messages.ts';
import { workOffCreditDue } from './work-off-due.ts';

/** Grading, on the batch queue. */
export const creditBatchActs = (deps: ActivityDeps): CreditActivities => ({
  openCreditRun: openCreditRun(deps),
  judgeStretch: judgeStretch(deps),
  setCreditRunStatus: setCreditRunStatus(deps),
  prepareReminders: prepareReminders(deps),
  workOffCreditDue: workOffCreditDue(deps),
  keepMeasures: keepMeasures(deps),
});

/** Its messages, on the queue of messages. */
export const creditOutboundActs = (deps: ActivityDeps): CreditOutboundActivities => ({
  sendCreditMessages: sendCreditMessages(deps),
});
