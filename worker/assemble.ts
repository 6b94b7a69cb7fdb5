import { creditBatchActs, creditOutboundActs } from '../activities/credit/batch.ts';
import type { CreditActivities, CreditOutboundActivities } from '../activities/credit/contract.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import type {
  CaseMoment,
  LiveActivities,
  OperationsActivities,
  OutboundActivities,
  OwnActivities,
  ReconcileActivities,
  RestorationLiveActivities,
  RestorationOwnActivities,
  WatchActivities,
} from '../activities/contract.ts';
import type { MatterOwnActivities, PlatformActivities } from '../activities/credit/matters-contract.ts';
import { matterActs } from '../activities/credit/matters.ts';
import { platformActs } from '../activities/credit/platform.ts';
import { closeCase } from '../activities/case/close-case.ts';
import { decideApproval } from '../activities/case/decide-approval.ts';
import { decidePermit } from '../activities/case/decide-permit.ts';
import { decideStage } from '../activities/case/decide-stage.ts';
import { checkAndCall } from '../activities/case/check-and-call.ts';
import { prepareFirstDunning } from '../activities/case/first-dunning.ts';
import { look } from '../activities/case/look.ts';
import { lookThen } from '../activities/case/look-then.ts';
import { openCase } from '../activities/case/open-case.ts';
import { planStop } from '../activities/case/plan-stop.ts';
import { preparePaper } from '../activities/case/prepare-paper.ts';
import { prepareRed } from '../activities/case/prepare-red.ts';
import { prepareSecondNotice } from '../activities/case/prepare-second-notice.ts';
import { requestApproval } from '../activities/case/request-approval.ts';
import { scheduleStop } from '../activities/case/schedule-stop.ts';
import { slipAttempt } from '../activities/case/slip-attempt.ts';
import { keepBeating } from '../activities/keep-beating.ts';
import { obeyRetryAfter } from '../activities/obey-retry-after.ts';
import { dispatchTicket } from '../activities/live/dispatch-ticket.ts';
import { readBillingNow } from '../activities/live/read-billing-now.ts';
import { readBillingThen } from '../activities/live/read-billing-then.ts';
import { sendTicket } from '../activities/live/send-ticket.ts';
import { submitPaper } from '../activities/live/submit-paper.ts';
import { switchOff } from '../activities/live/switch-off.ts';
import { switchOn } from '../activities/live/switch-on.ts';
import { remind } from '../activities/outbound/remind.ts';
import { sendMessage } from '../activities/outbound/send-message.ts';
import { reconcileActs } from '../activities/reconcile/index.ts';
import { anchorAudit } from '../activities/watch/anchor-audit.ts';
import { sweepRetention } from '../activities/watch/sweep-retention.ts';
import { readPaymentFeed } from '../activities/watch/read-payment-feed.ts';
import type { WatchDeps } from '../activities/watch/watch-deps.ts';
import { watchOperations } from '../activities/watch/watch-operations.ts';
import { watchStops } from '../activities/watch/watch-stops.ts';
import { restorationActs } from '../activities/restoration/index.ts';

const lastCheck = (deps: ActivityDeps) => (at: CaseMoment) => decideStage(deps)({ ...at, stage: 'T-30' });

/** Which act runs on which task queue. */
export interface Assembly {
  readonly cases: OwnActivities & RestorationOwnActivities & MatterOwnActivities;
  readonly live: Omit<LiveActivities, 'submitPaper'> &
    RestorationLiveActivities &
    Omit<WatchActivities, 'anchorAudit' | 'sweepRetention'>;
  readonly outbound: OutboundActivities &
    Pick<LiveActivities, 'submitPaper'> &
    CreditOutboundActivities &
    PlatformActivities;
  readonly batch: OperationsActivities &
    ReconcileActivities &
    CreditActivities &
    Pick<WatchActivities, 'anchorAudit' | 'sweepRetention'>;
}

/** Gives every act its dependencies, those of batches apart; tests hand in other systems, never other acts. */
export function assembleActivities(deps: WatchDeps, ofBatches = deps): Assembly {
  return {
    cases: {
      openCase: openCase(deps),
      prepareFirstDunning: prepareFirstDunning(deps),
      planStop: planStop(deps),
      look: look(deps),
      requestApproval: lookThen(deps, requestApproval),
      decideApproval: decideApproval(deps),
      scheduleStop: scheduleStop(deps),
      preparePaper: preparePaper(deps),
      decidePermit: decidePermit(deps),
      prepareSecondNotice: prepareSecondNotice(deps),
      slipAttempt: slipAttempt(deps),
      closeCase: closeCase(deps),
      ...restorationActs(deps),
      ...matterActs(deps),
    },
    live: obeyRetryAfter({
      readBillingNow: readBillingNow(deps),
      prepareRed: readBillingThen(deps, prepareRed),
      sendTicket: readBillingThen(deps, sendTicket),
      checkAndCall: readBillingThen(deps, checkAndCall),
      lastCheck: readBillingThen(deps, lastCheck),
      dispatchTicket: dispatchTicket(deps),
      switchOff: switchOff(deps),
      switchOn: switchOn(deps),
      readPaymentFeed: readPaymentFeed(deps),
      watchStops: watchStops(deps),
    }),
    outbound: obeyRetryAfter({
      sendMessage: sendMessage(deps),
      remind: readBillingThen(deps, remind),
      submitPaper: submitPaper(deps),
      ...creditOutboundActs(deps),
      ...platformActs(deps),
    }),
    batch: keepBeating({
      anchorAudit: anchorAudit(ofBatches),
      sweepRetention: sweepRetention(ofBatches),
      watchOperations: watchOperations(ofBatches),
      ...reconcileActs(ofBatches),
      ...creditBatchActs(ofBatches),
    }),
  };
}
