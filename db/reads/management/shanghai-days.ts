/** A midnight in Shanghai, from which whole days are counted: it keeps +08:00 (rules/calendar/shanghai-time.ts). SQL. */
export const MIDNIGHT = `timestamptz '2000-01-01 00:00+08'`;

/** When the first of the last `days` days began, today included. SQL; stable within a query, so that an index is taken. */
export const firstInstant = (days: string): string =>
  `date_bin('1 day', now(), ${MIDNIGHT}) - (${days}::integer - 1) * interval '1 day'`;
