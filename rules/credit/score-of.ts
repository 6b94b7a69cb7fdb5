import type { Indicator, ScorePolicy } from './policy.ts';
import { INDICATORS } from './policy.ts';
import type { ScoreGrade } from './scheme.ts';

/** What is counted for the score within the policy's years (K5.1). */
export interface ScoreFacts {
  readonly lateBills: number;
  readonly oldestDays: number;
  /** Collection cases that ended paid after reminders, and those that ended with supply lawfully stopped. */
  readonly dunnedCases: number;
  readonly stoppedCases: number;
  readonly brokenPlans: number;
  readonly thefts: number;
  readonly violations: number;
  readonly breaches: number;
  readonly failedInspections: number;
  readonly failedEquipment: number;
  readonly goodCooperation: number;
  readonly badCooperation: number;
  readonly honours: number;
  readonly goodExternal: number;
  readonly badExternal: number;
}

/** One thing that took points off, or gave some. */
export interface ScoreItem {
  readonly code: keyof ScoreFacts;
  readonly count: number;
  /** Negative where points were taken off. */
  readonly points: number;
}

export interface IndicatorScore {
  readonly indicator: Indicator;
  /** 0–100. */
  readonly points: number;
  /** Per cent. */
  readonly weight: number;
  readonly items: readonly ScoreItem[];
}

export interface Scored {
  readonly indicators: readonly IndicatorScore[];
  /** Weighted sum in hundredths of a point, 0–10000. */
  readonly scoreCenti: number;
}

type Rates = Readonly<Partial<Record<keyof ScoreFacts, number>>>;

const clamp = (points: number): number => Math.max(0, Math.min(100, points));

/** What each indicator looks at (K5.1), and what one of it costs or gives. */
function ratesOf(policy: ScorePolicy): Record<Indicator, { start: number; rates: Rates }> {
  const { minus, plus } = policy;
  return {
    payment: {
      start: 100,
      rates: {
        lateBills: -minus.lateBill,
        dunnedCases: -minus.dunnedCase,
        stoppedCases: -minus.stoppedCase,
        brokenPlans: -minus.brokenPlan,
      },
    },
    conduct: {
      start: 100,
      rates: { thefts: -minus.theft, violations: -minus.violation, breaches: -minus.breach },
    },
    safety: {
      start: 100,
      rates: { failedInspections: -minus.failedInspection, failedEquipment: -minus.failedEquipment },
    },
    cooperation: {
      start: policy.cooperationStart,
      rates: {
        goodCooperation: plus.cooperation,
        honours: plus.honour,
        goodExternal: plus.goodExternal,
        badCooperation: -minus.badCooperation,
        badExternal: -minus.badExternal,
      },
    },
  };
}

function indicatorOf(indicator: Indicator, facts: ScoreFacts, policy: ScorePolicy): IndicatorScore {
  const { start, rates } = ratesOf(policy)[indicator];
  const items: ScoreItem[] = (Object.entries(rates) as [keyof ScoreFacts, number][])
    .filter(([code]) => facts[code] > 0)
    .map(([code, each]) => ({ code, count: facts[code], points: facts[code] * each }));
  if (indicator === 'payment' && facts.oldestDays > 0)
    items.push({
      code: 'oldestDays',
      count: facts.oldestDays,
      points: -Math.ceil(facts.oldestDays / 10) * policy.minus.tenArrearsDays,
    });
  const points = clamp(items.reduce((sum, item) => sum + item.points, start));
  return { indicator, points, weight: policy.weights[indicator], items };
}

/** The score of a customer with all that made it (K5.1, K5.2). */
export function scoreOf(facts: ScoreFacts, policy: ScorePolicy): Scored {
  const indicators = INDICATORS.map((indicator) => indicatorOf(indicator, facts, policy));
  return {
    indicators,
    scoreCenti: indicators.reduce((sum, { points, weight }) => sum + points * weight, 0),
  };
}

/** The score with a person's adjustment, inside 0–100 and inside what a person may move (K5.2). */
export function adjustedCenti(scoreCenti: number, points: number, policy: ScorePolicy): number {
  const most = policy.adjustmentPoints;
  const moved = scoreCenti + 100 * Math.max(-most, Math.min(most, points));
  return Math.max(0, Math.min(10_000, moved));
}

/** One of the five grades (K5.2); a threshold belongs to the better one. */
export function scoreGradeOf(scoreCenti: number, policy: ScorePolicy): ScoreGrade {
  const { excellent, good, fair, poor } = policy.thresholds;
  if (scoreCenti >= excellent * 100) return 'excellent';
  if (scoreCenti >= good * 100) return 'good';
  if (scoreCenti >= fair * 100) return 'fair';
  return scoreCenti >= poor * 100 ? 'poor' : 'bad';
}
