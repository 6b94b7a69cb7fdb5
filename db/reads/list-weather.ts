import type { Tx } from '../database.ts';

export interface WeatherItem {
  region: string;
  day: string;
  level: string;
  source: string;
  recordedAt: string;
}

/** Weather warnings from a day on, day by day. */
export function listWeather(
  tx: Tx,
  query: { from: string; after: string[] | undefined; limit: number },
): Promise<WeatherItem[]> {
  return tx.rows<WeatherItem>(
    `select region, day, level, source, recorded_at as "recordedAt" from weather_warnings
      where day >= $1 and ($2::date is null or (day, region) > ($2, $3)) order by day, region limit $4`,
    [query.from, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}
