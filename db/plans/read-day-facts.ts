import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { DayCapacity, WeatherLevel } from '../../rules/plan/facts.ts';
import type { Tx } from '../database.ts';

/** From which to which day, both included. */
export interface Days {
  from: CivilDate;
  to: CivilDate;
}

/** Orders in force that forbid a stop of this account: its own, its class's, its region's (L10). */
export function readStopShields(tx: Tx, accountId: string): Promise<Days[]> {
  return tx.rows<Days>(
    `select s.from_on as "from", s.to_on as "to" from shields s, accounts a
      where a.account_id = $1 and s.lifted_at is null and s.effect in ('no-stop', 'both')
        and (s.account_id is null or s.account_id = a.account_id) and (s.region is null or s.region = a.region)
        and (s.customer_class is null or s.customer_class = a.customer_class)
      order by s.from_on`,
    [accountId],
  );
}

/** Weather warnings of a region by day. */
export async function readWeather(tx: Tx, region: string, days: Days): Promise<Record<string, WeatherLevel>> {
  const rows = await tx.rows<{ day: CivilDate; level: WeatherLevel }>(
    `select day, level from weather_warnings where region = $1 and day between $2 and $3`,
    [region, days.from, days.to],
  );
  return Object.fromEntries(rows.map(({ day, level }) => [day, level]));
}

/**
 * What crews of a centre have free by day, reservations taken off. Waits until nobody else is planning in this centre: until the
 * transaction ends, what it counted stays true (T3.3).
 */
export async function takeCapacity(
  tx: Tx,
  centreId: string,
  days: Days,
): Promise<Record<string, DayCapacity>> {
  await tx.run(`select pg_advisory_xact_lock(hashtextextended('capacity/' || $1, 0))`, [centreId]);
  const rows = await tx.rows<DayCapacity & { day: CivilDate }>(
    `select c.day, (c.stop_limit - count(r.*) filter (where r.kind = 'stop'))::integer as "stopsFree",
            (c.restore_limit - count(r.*) filter (where r.kind = 'restore'))::integer as "restoresFree"
       from crew_capacity c
       left join capacity_reservations r on r.centre_id = c.centre_id and r.day = c.day and r.released_at is null
      where c.centre_id = $1 and c.day between $2 and $3
      group by c.centre_id, c.day`,
    [centreId, days.from, days.to],
  );
  return Object.fromEntries(rows.map(({ day, ...free }) => [day, free]));
}
