import type { CaseMoment, Seen } from '../contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { look, standsInTheWay } from './look.ts';

/** Looks at what is stored, and takes the step where nothing stands in its way: one act of the procedure instead of two. */
export const lookThen =
  <At extends CaseMoment, A>(deps: ActivityDeps, step: (deps: ActivityDeps) => (at: At) => Promise<A>) =>
  async (at: At): Promise<Seen<A>> => {
    const found = await look(deps)(at);
    return { look: found, answer: standsInTheWay(found) ? null : await step(deps)(at) };
  };
