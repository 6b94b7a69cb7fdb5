const dayMs = 86_400_000;

/** A civil date some days later or earlier; both are YYYY-MM-DD. @throws RangeError when it is no date */
export function daysAfter(date: string, days: number): string {
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new RangeError(`${date} is not a date`);
  return new Date(ms + days * dayMs).toISOString().slice(0, 10);
}

/** The billing month of a date, YYYY-MM. */
export function monthOf(date: string): string {
  return date.slice(0, 7);
}
