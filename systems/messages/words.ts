/** ¥ with two decimals and thousands separators, from whole fen. */
export function yuan(fen: number): string {
  const whole = Math.trunc(fen / 100).toString();
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `¥${grouped}.${String(Math.abs(fen % 100)).padStart(2, '0')}`;
}

/** `2026-09-01` → `2026年9月1日`. */
export function zhDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** `2026-09-01 10:00` → `2026年9月1日 10:00`. */
export function zhMoment(text: string): string {
  const [date = '', time = ''] = text.split(' ');
  return `${zhDate(date)} ${time}`;
}

/** Who may be asked, on every paper. */
export const HOTLINE = '95598';

/** One text in both languages; the Chinese one is sent, the English one is shown beside it. */
export interface Text {
  subject: string;
  zh: string;
  en: string;
}
