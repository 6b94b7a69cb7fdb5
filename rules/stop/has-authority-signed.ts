import type { Category } from '../parameters/policy.ts';
import { NOTHING_AGAINST, unknown, type Finding, type StopFacts } from './facts.ts';

/** Users on the government's list get a copy sent to the power administration (L2.gov). */
export const needsAuthority = (category: Category): boolean => category === 'important';

/** Has the authority signed for the copy of the notice, where it must? */
export const hasAuthoritySigned = (facts: StopFacts): Finding =>
  needsAuthority(facts.category) && facts.authorityReceiptAtMs === null
    ? unknown({ code: 'authority-receipt-missing', clause: 'L2.gov' })
    : NOTHING_AGAINST;
