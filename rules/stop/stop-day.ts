import type { CivilDate } from '../calendar/civil-date.ts';
import { civilDateAt } from '../calendar/shanghai-time.ts';
import type { StopFacts } from './facts.ts';

/** The days on which this attempt may stop: the fixed one, before that every candidate. */
export const stopDaysOf = (facts: StopFacts): readonly CivilDate[] =>
  facts.stopAtMs === null ? facts.slots.map((slot) => slot.stopDate) : [civilDateAt(facts.stopAtMs)];
