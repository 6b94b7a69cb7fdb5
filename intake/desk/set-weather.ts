import { civilDate, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { recallReached, tellReached } from '../shields/tell-reached.ts';
import { keepDeskRecord } from './keep-desk-record.ts';

/** The weather service's warning for one region and one day (L10). */
export interface WeatherFact {
  region: string;
  day: string;
  level: 'none' | 'blue' | 'yellow' | 'orange' | 'red';
  /** Who published it. */
  source: string;
  by: string;
}

function dayOf(text: string): CivilDate {
  try {
    return civilDate(text);
  } catch {
    throw new IntakeRefused('not-a-date', 422, { day: text });
  }
}

/**
 * Stores a warning, in place of the one before. Orange and red forbid a stop on that day: crews are recalled at once and the
 * cases planned for it look again. Answers how many crews and cases that were.
 * @throws IntakeRefused `not-a-date` (422)
 */
export async function setWeather(
  intake: Intake,
  fact: WeatherFact,
): Promise<{ recalled: number; reached: number }> {
  const day = dayOf(fact.day);
  const { companyId } = intake.scope;
  const { by, ...body } = fact;
  await intake.db.tx(intake.scope, async (tx) => {
    await tx.run(
      `insert into weather_warnings (company_id, region, day, level, source) values ($1, $2, $3, $4, $5)
       on conflict (company_id, region, day) do update
          set level = excluded.level, source = excluded.source, recorded_at = clock_timestamp()`,
      [companyId, fact.region, day, fact.level, fact.source],
    );
    await keepDeskRecord(tx, companyId, { action: 'weather.set', by, body });
  });
  if (fact.level !== 'orange' && fact.level !== 'red') return { recalled: 0, reached: 0 };
  const reach = { region: fact.region, customerClass: null, accountId: null, from: day, to: day };
  const told = { kind: 'weather', factId: `${fact.region}/${day}/${fact.level}`, by };
  const recalled = await recallReached(intake, reach, told);
  return { recalled, reached: await tellReached(intake, reach, { ...told, plannedOnly: true }) };
}
