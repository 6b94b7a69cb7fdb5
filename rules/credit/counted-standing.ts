import type { HeldStanding } from './rights.ts';
import { isWorse, type Colour, type Grade, type ScoreGrade, type Standing } from './scheme.ts';

/** Where somebody stands whom nobody has judged (G1.gap). */
const UNJUDGED = { grade: 'B', colour: 'blue', scoreGrade: 'fair' } as const;

/** What counts in each scheme. */
export interface CountedStanding {
  readonly grade: Grade;
  readonly colour: Colour;
  readonly scoreGrade: ScoreGrade | null;
}

/**
 * What counts of a standing, wherever rights and orders are drawn from it: under objection nobody is worse off than one whom nobody
 * has judged, and what is better stays (K8.2, L5).
 */
export function countedStanding(held: HeldStanding | null, isObjected: boolean): CountedStanding {
  const counted = <S extends Standing>(value: S, start: S): S =>
    isObjected && isWorse(start, value) ? start : value;
  const scoreGrade = held?.scoreGrade ?? null;
  return {
    grade: counted(held?.grade ?? UNJUDGED.grade, UNJUDGED.grade),
    colour: counted(held?.colour ?? UNJUDGED.colour, UNJUDGED.colour),
    scoreGrade: scoreGrade === null ? null : counted<ScoreGrade>(scoreGrade, UNJUDGED.scoreGrade),
  };
}
