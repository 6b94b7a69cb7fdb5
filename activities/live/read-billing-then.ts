import { asyncLocalStorage } from '@temporalio/activity';
import { standsInTheWay } from '../case/look.ts';
import type { CaseMoment, Seen } from '../contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { readBillingNow } from './read-billing-now.ts';

/** How long the act has been tried, by the engine's own clock: nothing moves a case on meanwhile, so its clock is as much later. */
function triedForMs(): number {
  const info = asyncLocalStorage.getStore()?.info;
  return info === undefined ? 0 : info.currentAttemptScheduledTimestampMs - info.scheduledTimestampMs;
}

/** The moment of this try of an act that may have been tried for minutes. */
export const momentOfThisTry = <At extends CaseMoment>(at: At): At => ({
  ...at,
  nowMs: at.nowMs + triedForMs(),
});

/**
 * Reads billing live, and takes the step on what is stored then, where nothing of it stands in the way (T2.6). The reading is
 * stored before the step judges it, and each try reads anew. @throws SystemUnavailable | SystemRefused
 */
export const readBillingThen =
  <At extends CaseMoment, A>(deps: ActivityDeps, step: (deps: ActivityDeps) => (at: At) => Promise<A>) =>
  async (asked: At): Promise<Seen<A>> => {
    const at = momentOfThisTry(asked);
    const found = await readBillingNow(deps)(at);
    return { look: found, answer: standsInTheWay(found) ? null : await step(deps)(at) };
  };
