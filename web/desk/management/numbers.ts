import type {
  ManagementCases,
  ManagementRecovered,
  ManagementRestorations,
} from '../../../api/shapes/management.ts';
import { WORDS } from '../texts/words.ts';

/** Stages in the order of the procedure, as far as a case is open in them. */
const STAGES = Object.keys(WORDS)
  .filter((key) => key.startsWith('stage.'))
  .map((key) => key.slice('stage.'.length))
  .filter((stage) => stage !== 'stopped' && stage !== 'closed');

export const HOURS = [2, 4, 8, 12, 24, 25] as const;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Cases of each stage, all centres together; stages without a case stay, so that the picture keeps its shape. */
export function byStage({ stages }: ManagementCases): { stage: string; cases: number }[] {
  const known = [...new Set([...STAGES, ...stages.map(({ stage }) => stage)])];
  return known.map((stage) => ({
    stage,
    cases: sum(stages.filter((one) => one.stage === stage).map(({ cases }) => cases)),
  }));
}

export const casesOf = ({ stages }: ManagementCases, centreId?: string): number =>
  sum(stages.filter((one) => centreId === undefined || one.centreId === centreId).map(({ cases }) => cases));

/** Each day of the span up to today with what came in; days without a payment are zero. */
export function byDay(
  { days }: ManagementRecovered,
  span: number,
  today: string,
): { day: string; fen: number; payments: number }[] {
  const lastMs = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: span }, (_, n) => {
    const day = new Date(lastMs - (span - 1 - n) * 86_400_000).toISOString().slice(0, 10);
    const those = days.filter((one) => one.day === day);
    return {
      day,
      fen: sum(those.map(({ fen }) => fen)),
      payments: sum(those.map(({ payments }) => payments)),
    };
  });
}

export interface Hours {
  withinHours: number;
  restored: number;
  missed: number;
}

export const byHours = ({ hours }: ManagementRestorations): Hours[] =>
  HOURS.map((withinHours) => {
    const those = hours.filter((one) => one.withinHours === withinHours);
    return {
      withinHours,
      restored: sum(those.map(({ restored }) => restored)),
      missed: sum(those.map(({ missed }) => missed)),
    };
  });

export const restoredOf = (hours: readonly Hours[]) => ({
  all: sum(hours.map(({ restored }) => restored)),
  missed: sum(hours.map(({ missed }) => missed)),
});
