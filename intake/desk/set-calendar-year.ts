import { storeCalendarYear, type PublishedYear } from '../../db/calendar/store-calendar-year.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepDeskRecord } from './keep-desk-record.ts';

/** A published year of days off and of weekends worked (调休), as somebody typed or loaded it. */
export interface CalendarYearFact extends PublishedYear {
  by: string;
}

function check(fact: CalendarYearFact): void {
  const { year, offDays, workdays } = fact;
  if (fact.source.trim() === '') throw new IntakeRefused('source-needed', 422, { year });
  // A year's document may also move days of the December before it, and no others.
  const outside = [...offDays, ...workdays].find(
    (day) => !day.startsWith(`${year}-`) && !day.startsWith(`${year - 1}-12-`),
  );
  if (outside !== undefined) throw new IntakeRefused('day-outside-year', 422, { day: outside, year });
  const both = offDays.find((day) => workdays.includes(day));
  if (both !== undefined) throw new IntakeRefused('day-off-and-worked', 422, { day: both });
}

/**
 * Stores a published year in place of what was known of it (L8); a stop that now falls on a day off is refused when it is
 * asked about next. @throws IntakeRefused `source-needed`, `day-outside-year`, `day-off-and-worked`, `not-a-date` (422)
 */
export function setCalendarYear(intake: Intake, fact: CalendarYearFact): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    check(fact);
    const { companyId } = intake.scope;
    const { by, ...published } = fact;
    try {
      await storeCalendarYear(tx, companyId, published, true);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new IntakeRefused('not-a-date', 422, { year: fact.year });
    }
    await keepDeskRecord(tx, companyId, { action: 'calendar.set', by, body: published });
  });
}
