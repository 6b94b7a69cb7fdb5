import { civilDateOfDay, dayNumberOf, type CivilDate } from './civil-date.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** Asia/Shanghai has kept +08:00 without summer time since 1992. */
const OFFSET_MS = 8 * 60 * MINUTE_MS;

/** Civil date in Shanghai at an instant. */
export const civilDateAt = (epochMs: number): CivilDate =>
  civilDateOfDay(Math.floor((epochMs + OFFSET_MS) / DAY_MS));

/** Whole minutes since midnight in Shanghai at an instant, 0–1439. */
export function minuteOfDayAt(epochMs: number): number {
  const localMs = epochMs + OFFSET_MS;
  return Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS);
}

/** The instant at which a Shanghai day reaches a minute; 1440 is the midnight that ends it. */
export const epochMsOf = (date: CivilDate, minuteOfDay: number): number =>
  dayNumberOf(date) * DAY_MS + minuteOfDay * MINUTE_MS - OFFSET_MS;

/** `HH:MM` of a minute of the day. */
export function clockText(minuteOfDay: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

/** An instant as people in Shanghai write it: `2026-11-24 09:00`. */
export const shanghaiText = (epochMs: number): string =>
  `${civilDateAt(epochMs)} ${clockText(minuteOfDayAt(epochMs))}`;
