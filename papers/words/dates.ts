import { shanghaiText } from '../../rules/calendar/shanghai-time.ts';
import { zhDate } from '../../systems/messages/words.ts';

/** `2026-09-01 10:05` → `2026年9月1日10时05分`. */
export function zhClock(moment: string): string {
  const [date = '', time = ''] = moment.split(' ');
  const [hour = '', minute = ''] = time.split(':');
  return `${zhDate(date)}${Number(hour)}时${minute}分`;
}

/** An instant (ISO) as a Chinese paper writes it, Shanghai time; a dash for none. */
export const zhInstant = (iso: string | null | undefined): string =>
  iso === null || iso === undefined ? '—' : zhClock(shanghaiText(Date.parse(iso)));

/** Day of an instant (ISO), `2026年9月1日`, Shanghai time. */
export const zhDayOf = (iso: string): string => zhDate(shanghaiText(Date.parse(iso)).slice(0, 10));

/** From and to of one day: `2026年9月1日10时00分至11时00分`. */
export function zhInterval(from: string, until: string): string {
  const [hour = '', minute = ''] = (until.split(' ')[1] ?? '').split(':');
  const sameDay = from.slice(0, 10) === until.slice(0, 10);
  return `${zhClock(from)}至${sameDay ? `${Number(hour)}时${minute}分` : zhClock(until)}`;
}
