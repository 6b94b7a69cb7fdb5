import { readStopFacts } from '../../db/facts/read-stop-facts.ts';
import { mayStop } from '../../rules/stop/may-stop.ts';
import type { CaseMoment, StepAnswer } from '../contract.ts';
import { act, type ActivityDeps } from '../deps.ts';
import { answerOf, decideOnce } from './take-decision.ts';

/** Looks again at T-45 and T-30 (T2.4, T2.6), on billing as it was read a moment ago; once per attempt and stage. */
export const decideStage =
  (deps: ActivityDeps) =>
  (at: CaseMoment & { stage: 'T-45' | 'T-30' }): Promise<StepAnswer> =>
    act(
      deps,
      at,
      async (tx) => {
        const { stored } = await decideOnce(tx, at, {
          key: `${at.caseId}/${at.attempt}/${at.stage}`,
          question: `may-stop:${at.stage}`,
          judge: async () => {
            const facts = await readStopFacts(tx, at);
            return { facts, verdict: mayStop(facts, at.stage) };
          },
        });
        return answerOf(stored);
      },
      (answer) => (at.stage === 'T-30' && answer.outcome === 'permitted' ? 'permit' : undefined),
    );
