import type { Scope } from '../../db/database.ts';

/** Who may do what; the names stand in the verified token's `roles`. */
export const ROLES = [
  'reader',
  'centre',
  'team-leader',
  'station-head',
  'marketing-manager',
  'company-head',
  'company-president',
  'government-liaison',
  'crew',
  'clerk-95598',
  'credit-officer',
  'auditor',
  'operator',
  'customer',
] as const;
export type Role = (typeof ROLES)[number];

/** Everybody who works on cases. */
export const STAFF: readonly Role[] = ROLES.filter((role) => role !== 'customer');
/** The people who answer for a case: they see everything of it in their centres. */
export const DESK: readonly Role[] = [
  'reader',
  'centre',
  'team-leader',
  'station-head',
  'marketing-manager',
  'company-head',
  'company-president',
  'government-liaison',
  'clerk-95598',
  'auditor',
];
/** The line that approves stops and gets reports upward. */
export const LEADERS: readonly Role[] = [
  'team-leader',
  'station-head',
  'marketing-manager',
  'company-head',
  'company-president',
  'government-liaison',
];

/** A person whose token was verified, or an outside system on a webhook. */
export interface Caller {
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly scope: Scope;
  /** What the token calls the person, where it does. */
  readonly name?: string;
  /** When the token ends, epoch ms. */
  readonly validUntilMs: number;
}

export type Lang = 'zh' | 'en';

/** The language of the answer: the first of zh and en by weight; Chinese where nothing fits. */
export function langOf(acceptLanguage: string | undefined): Lang {
  const weighed = (acceptLanguage ?? '')
    .split(',')
    .map((part, order) => {
      const [tag = '', ...params] = part.trim().split(';');
      const weight = params.map((param) => /^\s*q=([\d.]+)\s*$/.exec(param)?.[1]).find(Boolean);
      return {
        lang: tag.slice(0, 2).toLowerCase(),
        weight: weight === undefined ? 1 : Number(weight),
        order,
      };
    })
    .filter((entry) => entry.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.order - b.order);
  return weighed.find((entry) => entry.lang === 'zh' || entry.lang === 'en')?.lang === 'en' ? 'en' : 'zh';
}
