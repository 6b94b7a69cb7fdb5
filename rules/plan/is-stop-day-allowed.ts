import { addDays, weekdayOf, type CivilDate } from '../calendar/civil-date.ts';
import { workingDay } from '../calendar/working-day.ts';
import type { Policy } from '../parameters/policy.ts';
import { EXAM_DAYS } from '../parameters/season.ts';
import { verdictOf, type Reason, type Verdict } from '../verdict.ts';
import type { DayCapacity, DayFacts } from './facts.ts';
import { isFestivalWeek } from './is-festival-week.ts';

/** What stands against a day, and what is not known of it. */
interface Findings {
  readonly reasons: Reason[];
  readonly missing: Reason[];
}

/** D, D-1 (last day to pay, and of the ticket) and D-7 (day of service) are working days, and D is no eve (T2.2, T2.3, L8). */
function workingDayFindings(date: CivilDate, { calendar }: DayFacts, policy: Policy, into: Findings): void {
  for (const day of [date, addDays(date, -1), addDays(date, -policy.noticeDays)]) {
    const found = workingDay(day, calendar);
    if (found === 'off') into.reasons.push({ code: 'day-not-working', clause: 'L8', params: { date: day } });
    if (found === 'undetermined')
      into.missing.push({ code: 'day-undetermined', clause: 'L8', params: { date: day } });
  }
  const morrow = workingDay(addDays(date, 1), calendar);
  if (morrow === 'off') into.reasons.push({ code: 'eve-of-day-off', clause: 'T2.2', params: { date } });
  if (morrow === 'undetermined')
    into.missing.push({ code: 'day-undetermined', clause: 'T2.2', params: { date: addDays(date, 1) } });
}

/** Weekday, exams, festivals, weather, shields. */
function seasonFindings(date: CivilDate, facts: DayFacts, policy: Policy, into: Findings): void {
  if (!policy.stopWindow.weekdays.includes(weekdayOf(date)))
    into.reasons.push({ code: 'stop-day-weekday', clause: 'T2.2', params: { date } });
  const exams = EXAM_DAYS(date).value;
  if (date.slice(5) >= exams.from && date.slice(5) <= exams.to)
    into.reasons.push({ code: 'exam-days', clause: 'L10', params: { date } });
  const isFestival = isFestivalWeek(date, facts.calendar);
  if (isFestival === true) into.reasons.push({ code: 'festival-week', clause: 'L10', params: { date } });
  if (isFestival === undefined)
    into.missing.push({ code: 'festival-undetermined', clause: 'L10', params: { date } });
  const level = facts.weather[date];
  if (level === 'orange' || level === 'red')
    into.reasons.push({ code: 'weather-warning', clause: 'L10', params: { date, level } });
  for (const { from, to } of facts.shields)
    if (from <= date && date <= to)
      into.reasons.push({ code: 'shielded', clause: 'L10', params: { date, from, to } });
}

/** Is this day fit for a stop, whoever carries it out (T2.2, T2.3, L8, L10)? Every reason against it is named. */
export function isDayFitForStop(date: CivilDate, facts: DayFacts, policy: Policy): Verdict {
  const found: Findings = { reasons: [], missing: [] };
  workingDayFindings(date, facts, policy, found);
  seasonFindings(date, facts, policy, found);
  return verdictOf(found.reasons, found.missing);
}

/** Is a crew free for the stop, and one for the way back in the 24 hours after it (T3.3)? A day never entered is not known. */
export function isCrewFree(date: CivilDate, capacity: Readonly<Record<string, DayCapacity>>): Verdict {
  const found: Findings = { reasons: [], missing: [] };
  for (const day of [date, addDays(date, 1)]) {
    const free = capacity[day];
    const params = { date: day };
    if (free === undefined) found.missing.push({ code: 'capacity-unknown', clause: 'T3.3', params });
    else if (free.restoresFree < 1)
      found.reasons.push({ code: 'no-restore-capacity', clause: 'T3.3', params });
    if (day === date && free !== undefined && free.stopsFree < 1)
      found.reasons.push({ code: 'no-stop-capacity', clause: 'T2.7', params });
  }
  return verdictOf(found.reasons, found.missing);
}

/** May a stop be planned on this day (T2.2, L10, T3.3)? The day itself and the crews together; the debt is asked apart (L2.30). */
export function isStopDayAllowed(
  date: CivilDate,
  facts: DayFacts & { readonly capacity: Readonly<Record<string, DayCapacity>> },
  policy: Policy,
): Verdict {
  const verdicts = [isDayFitForStop(date, facts, policy), isCrewFree(date, facts.capacity)];
  const reasons = verdicts.flatMap((v) => (v.outcome === 'permitted' ? [] : v.reasons));
  const missing = verdicts.flatMap((v) => (v.outcome === 'undetermined' ? v.missing : []));
  return verdictOf(reasons, missing);
}
