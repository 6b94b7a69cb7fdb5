import type { Category } from '../parameters/policy.ts';
import { NOTHING_AGAINST, unknown, type Finding, type StopFacts } from './facts.ts';

const TOLD: ReadonlySet<Category> = new Set<Category>(['important', 'continuous-process', 'master-meter']);

/** Users whose stop weighs on others: the power administration gets a copy of the notice (L2.gov). */
export const needsAuthority = (category: Category): boolean => TOLD.has(category);

/** Has the authority signed for the copy of the notice, where it must? */
export const hasAuthoritySigned = (facts: StopFacts): Finding =>
  needsAuthority(facts.category) && facts.authorityReceiptAtMs === null
    ? unknown({ code: 'authority-receipt-missing', clause: 'L2.gov' })
    : NOTHING_AGAINST;
