import type { CaseMoment, StepAnswer } from '../contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { decideStage } from './decide-stage.ts';
import { prepareSecondNotice } from './prepare-second-notice.ts';

/** The check at T-45 and, where it permits, the call that tells the stop time once more (T2.4, T2.6). */
export const checkAndCall =
  (deps: ActivityDeps) =>
  async (at: CaseMoment): Promise<StepAnswer & { messageId?: string }> => {
    const answer = await decideStage(deps)({ ...at, stage: 'T-45' });
    if (answer.outcome !== 'permitted') return answer;
    const call = await prepareSecondNotice(deps)({ ...at, channel: 'call', round: 1 });
    return { ...answer, ...(call === null ? {} : { messageId: call.messageId }) };
  };
