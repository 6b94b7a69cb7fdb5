import { lang } from '../i18n/i18n.ts';

const ZONE = 'Asia/Shanghai';
const locale = (): string => (lang() === 'zh' ? 'zh-CN' : 'en-GB');

/** Whole fen as ¥ with two decimals, counted without floating point. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const whole = Math.trunc(Math.abs(fen) / 100).toLocaleString('en-US');
  return `${sign}¥${whole}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
}

/** An instant in Chinese time, `2026-03-05 09:30`; a dash where there is none. */
export function moment(iso: string | null | undefined): string {
  if (iso === null || iso === undefined) return '–';
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: ZONE,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(iso));
  return parts;
}

/** The day of an instant in Chinese time with its weekday. */
export const day = (iso: string): string =>
  new Intl.DateTimeFormat(locale(), {
    timeZone: ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
  }).format(new Date(iso));

/** The hour of an instant in Chinese time, `09:30`. */
export const hour = (iso: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, timeStyle: 'short' }).format(new Date(iso));

/** The civil date of an instant in Chinese time, `2026-03-05`. */
export const civilDay = (iso: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(new Date(iso));

/** How long until an instant: days and hours, or hours and minutes, or minutes and seconds; negative once it is past. */
export function span(ms: number): {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
  isPast: boolean;
} {
  const seconds = Math.floor(Math.abs(ms) / 1_000);
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3_600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    isPast: ms < 0,
  };
}
