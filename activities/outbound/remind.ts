import { prepareFirstDunning } from '../case/first-dunning.ts';
import type { CaseMoment, DunningStep } from '../contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { SystemRefused } from '../../systems/errors.ts';
import { sendMessage } from './send-message.ts';

/**
 * Prepares a round of the first dunning and sends it, where it goes by message and the hour allows; one that the carrier
 * refuses is marked so and proves nothing (T2.0, L8). @throws SystemUnavailable
 */
export const remind =
  (deps: ActivityDeps) =>
  async (at: CaseMoment & { round: number }): Promise<DunningStep> => {
    const step = await prepareFirstDunning(deps)({ ...at, inStage: 'first-dunning' });
    if (step.kind === 'visit' || step.sendAtMs > at.nowMs) return step;
    try {
      await sendMessage(deps)({ companyId: at.companyId, messageId: step.messageId });
    } catch (error) {
      if (!(error instanceof SystemRefused)) throw error;
    }
    return step;
  };
