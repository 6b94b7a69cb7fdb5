import { consequencesOf, type MeasureSpec, type SupplyFacts } from './consequences.ts';
import type { CreditPolicy } from './policy.ts';
import type { Colour, Grade, Scheme, ScoreGrade, Standing } from './scheme.ts';

/** What holds for a customer in the three schemes; null where nobody has judged them yet. */
export interface HeldStanding {
  readonly grade: Grade | null;
  readonly colour: Colour | null;
  readonly scoreGrade: ScoreGrade | null;
}

/** A right that a customer may take up, and which grade gives it. */
export type Right = MeasureSpec & { readonly scheme: Scheme; readonly givenBy: Standing };

/** Every right of a customer, from each scheme by itself (G3, K6.1, H5); one that two schemes give stands once. */
export function rightsOf(held: HeldStanding | null, supply: SupplyFacts, policy: CreditPolicy): Right[] {
  const from: readonly (readonly [Scheme, Standing | null])[] = [
    ['grade', held?.grade ?? 'B'],
    ['score', held?.scoreGrade ?? null],
    ['colour', held?.colour ?? 'blue'],
  ];
  const all = from.flatMap(([scheme, givenBy]) =>
    givenBy === null
      ? []
      : consequencesOf(scheme, givenBy, supply, policy)
          .filter(({ effect }) => effect === 'benefit')
          .map((spec) => ({ ...spec, scheme, givenBy })),
  );
  return all.filter((right, index) => all.findIndex(({ kind }) => kind === right.kind) === index);
}
