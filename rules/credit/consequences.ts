import type { MeasureWithoutBasis, CreditPolicy } from './policy.ts';
import type { Colour, Grade, Scheme, ScoreGrade, Standing } from './scheme.ts';

export type MeasureKind =
  | 'free-diagnosis'
  | 'queue-priority'
  | 'yearly-inspection'
  | 'rationed-last'
  | 'repair-priority'
  | 'training'
  | 'outage-sms'
  | 'fast-lane'
  | 'individual-plan'
  | 'honour'
  | 'simpler-procedures'
  | 'safety-check'
  | 'applications-first'
  | 'commitment-for-title'
  | 'trusted-services'
  | 'prepayment-proposal'
  | 'prepaid-meter-offer'
  | 'grade-told'
  | 'close-inspection'
  | 'monthly-inspection'
  | 'half-monthly-payment'
  | 'close-monitoring'
  | 'legal-action'
  | 'colour-reminder'
  | 'colour-letter'
  | MeasureWithoutBasis;

/** How long there is to do it. */
export type MeasureTerm =
  | { readonly kind: 'right'; readonly days: number }
  | { readonly kind: 'working-days'; readonly days: number }
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'month-end' }
  /** One each month (or each so many months) for a year. */
  | { readonly kind: 'monthly'; readonly months: number; readonly every: number };

/** One right, proposal, restraint or duty that a grade brings. */
export interface MeasureSpec {
  readonly kind: MeasureKind;
  readonly effect: 'benefit' | 'proposal' | 'restraint' | 'duty';
  readonly clause: string;
  /** Who sees to it. */
  readonly ownerRole: string;
  readonly term: MeasureTerm;
  /** Needs a recorded legal basis (L1, L6). */
  readonly basis?: MeasureWithoutBasis;
}

/** What of an account the consequences depend on. */
export interface SupplyFacts {
  readonly category: string;
  readonly capacityKva: number | null;
}

/** Supply from its own transformer at 10 kV or more: prepayment by capacity; everybody else gets a prepaid meter (G3.B). */
export const isDedicated = (supply: SupplyFacts): boolean =>
  ['dedicated-transformer', 'important', 'continuous-process'].includes(supply.category) &&
  supply.capacityKva !== null;

type Specs = readonly MeasureSpec[];

function gradeSpecs(grade: Grade, supply: SupplyFacts, policy: CreditPolicy): Specs {
  const c = policy.consequences;
  const right = { kind: 'right', days: c.benefitDays } as const;
  const benefit = (kind: MeasureKind, ownerRole: string): MeasureSpec => ({
    ...{ kind, effect: 'benefit', clause: `G3.${grade}`, ownerRole, term: right },
  });
  const ask = (term: MeasureTerm, effect: 'proposal' | 'restraint'): MeasureSpec => ({
    kind: isDedicated(supply) ? 'prepayment-proposal' : 'prepaid-meter-offer',
    ...{ effect, clause: `G3.${grade}`, ownerRole: 'centre', term },
  });
  const publication: MeasureSpec = {
    kind: 'publication',
    ...{ effect: 'restraint', clause: 'L6', ownerRole: 'credit-officer', basis: 'publication' },
    term: { kind: 'days', days: policy.remedies.publicationNoticeDays },
  };
  switch (grade) {
    case 'A':
      return [
        benefit('free-diagnosis', 'centre'),
        benefit('queue-priority', 'centre'),
        benefit('yearly-inspection', 'crew'),
        benefit('rationed-last', 'marketing-manager'),
        benefit('repair-priority', 'crew'),
        benefit('training', 'centre'),
        benefit('outage-sms', 'centre'),
      ];
    case 'B':
      return [
        benefit('free-diagnosis', 'centre'),
        benefit('queue-priority', 'centre'),
        benefit('yearly-inspection', 'crew'),
        benefit('training', 'centre'),
        ask({ kind: 'days', days: c.suggestionDays }, 'proposal'),
      ];
    case 'C':
      return [
        {
          kind: 'grade-told',
          ...{ effect: 'duty', clause: 'G3.C', ownerRole: 'credit-officer', term: { kind: 'month-end' } },
        },
        ask({ kind: 'working-days', days: c.offerWorkingDays }, 'restraint'),
        {
          kind: 'close-inspection',
          ...{ effect: 'restraint', clause: 'G3.C', ownerRole: 'crew' },
          term: { kind: 'monthly', months: c.inspectionMonths, every: c.closeInspectionMonths },
        },
        publication,
      ];
    case 'D':
      return [
        {
          kind: 'grade-told',
          ...{ effect: 'duty', clause: 'G3.D', ownerRole: 'credit-officer', term: { kind: 'month-end' } },
        },
        ask({ kind: 'working-days', days: c.offerWorkingDays }, 'restraint'),
        {
          kind: 'monthly-inspection',
          ...{ effect: 'restraint', clause: 'G3.D', ownerRole: 'crew' },
          term: { kind: 'monthly', months: c.inspectionMonths, every: 1 },
        },
        publication,
      ];
  }
}

function scoreSpecs(grade: ScoreGrade, policy: CreditPolicy): Specs {
  const c = policy.consequences;
  const benefit = (kind: MeasureKind, ownerRole: string): MeasureSpec => ({
    ...{ kind, effect: 'benefit', clause: 'K6.1', ownerRole, term: { kind: 'right', days: c.benefitDays } },
  });
  const restraint = (kind: MeasureKind, ownerRole: string): MeasureSpec => ({
    ...{ kind, effect: 'restraint', clause: 'K6.2', ownerRole },
    term: { kind: 'working-days', days: c.offerWorkingDays },
  });
  switch (grade) {
    case 'excellent':
      return [
        benefit('fast-lane', 'centre'),
        benefit('individual-plan', 'marketing-manager'),
        benefit('honour', 'marketing-manager'),
      ];
    case 'good':
      return [
        benefit('simpler-procedures', 'centre'),
        benefit('safety-check', 'crew'),
        benefit('training', 'centre'),
      ];
    case 'fair':
      return [];
    case 'poor':
      return [
        restraint('half-monthly-payment', 'centre'),
        restraint('close-monitoring', 'reader'),
        { ...restraint('limit-business', 'marketing-manager'), basis: 'limit-business' },
      ];
    case 'bad':
      return [
        restraint('half-monthly-payment', 'centre'),
        restraint('close-monitoring', 'reader'),
        { ...restraint('legal-action', 'company-head'), effect: 'duty' },
        { ...restraint('dishonesty-list', 'credit-officer'), clause: 'L6', basis: 'dishonesty-list' },
      ];
  }
}

function colourSpecs(colour: Colour, policy: CreditPolicy): Specs {
  const right = { kind: 'right', days: policy.consequences.benefitDays } as const;
  const benefit = (kind: MeasureKind): MeasureSpec => ({
    ...{ kind, effect: 'benefit', clause: 'H5', ownerRole: 'centre', term: right },
  });
  switch (colour) {
    case 'green':
    case 'blue':
      return [benefit('applications-first'), benefit('commitment-for-title'), benefit('trusted-services')];
    case 'yellow':
      return [
        {
          kind: 'colour-reminder',
          ...{ effect: 'duty', clause: 'H2', ownerRole: 'reader', term: { kind: 'month-end' } },
        },
      ];
    case 'red':
    case 'black':
      return [
        {
          kind: 'colour-letter',
          ...{ effect: 'duty', clause: 'H2', ownerRole: 'reader', term: { kind: 'month-end' } },
        },
      ];
  }
}

/** Everything that a grade brings, without what is off for want of a legal basis (G3, K6, H2, H5, L1). */
export function consequencesOf(
  scheme: Scheme,
  value: Standing,
  supply: SupplyFacts,
  policy: CreditPolicy,
): MeasureSpec[] {
  const specs =
    scheme === 'grade'
      ? gradeSpecs(value as Grade, supply, policy)
      : scheme === 'score'
        ? scoreSpecs(value as ScoreGrade, policy)
        : colourSpecs(value as Colour, policy);
  return specs.filter(({ basis }) => basis === undefined || policy.enabled.includes(basis));
}
