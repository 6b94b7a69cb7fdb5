import { addMonths, compareDates } from '../calendar/civil-date.ts';
import type { CreditFacts } from './facts.ts';
import { countedDays, isNewCustomer } from './grade-of.ts';
import type { CreditPolicy } from './policy.ts';
import type { Colour } from './scheme.ts';

export type ColourCode =
  | 'fresh-offence'
  | 'offence'
  | 'arrears-black'
  | 'arrears-red'
  | 'arrears-yellow'
  | 'arrears-deferred'
  | 'often-late'
  | 'late-within-year'
  | 'new-customer'
  | 'clean-year';

export interface Coloured {
  readonly colour: Colour;
  readonly code: ColourCode;
}

/** The colour of a customer on a day, by the district's parameters (H1). */
export function colourOf(facts: CreditFacts, policy: Pick<CreditPolicy, 'grade' | 'colour'>): Coloured {
  const { yellow, red, black, blackOffenceYears } = policy.colour;
  const days = countedDays(facts, policy.grade);
  const coloured = (colour: Colour, code: ColourCode): Coloured => ({ colour, code });
  if (
    facts.offenceOn !== null &&
    compareDates(facts.asOf, addMonths(facts.offenceOn, 12 * blackOffenceYears)) < 0
  )
    return coloured('black', 'fresh-offence');
  if (days >= black.arrearsDays) return coloured('black', 'arrears-black');
  if (facts.offenceOn !== null) return coloured('red', 'offence');
  if (days >= red.arrearsDays) return coloured('red', 'arrears-red');
  if (days >= yellow.arrearsDays) return coloured('yellow', 'arrears-yellow');
  if (facts.oldestDays > 0) return coloured('yellow', 'arrears-deferred');
  if (facts.lateBills >= yellow.lateBills) return coloured('yellow', 'often-late');
  if (facts.lateBills > 0) return coloured('blue', 'late-within-year');
  if (isNewCustomer(facts, policy.grade)) return coloured('blue', 'new-customer');
  return coloured('green', 'clean-year');
}

/** Trusted customers have the lane of H5. */
export const isTrusted = (colour: Colour): boolean => colour === 'green' || colour === 'blue';
