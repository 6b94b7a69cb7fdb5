import { addMonths, civilDate, monthEnd, monthStart, type CivilDate } from '../calendar/civil-date.ts';

/**
 * What a run judges: grades the month before today's unless told, as of its last day (G2.1); scores the year before today's, or that
 * of the month told, as of 31 December (K5.3). A month that is not over yet is judged as of today.
 */
export function runPeriod(
  kind: 'grade' | 'score',
  month: CivilDate | null,
  today: CivilDate,
): { month: CivilDate; asOf: CivilDate } {
  const told = month === null ? null : monthStart(month);
  const first =
    kind === 'grade'
      ? (told ?? addMonths(monthStart(today), -1))
      : civilDate(`${told === null ? Number(today.slice(0, 4)) - 1 : told.slice(0, 4)}-01-01`);
  const last = kind === 'grade' ? monthEnd(first) : civilDate(`${first.slice(0, 4)}-12-31`);
  return { month: first, asOf: last < today ? last : today };
}
