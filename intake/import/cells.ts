import { civilDate, type CivilDate } from '../../rules/calendar/civil-date.ts';

/** A cell in plain form: full-width digits and marks made narrow, a spreadsheet's `="…"` and leading apostrophe taken off. */
export function plain(cell: string): string {
  const narrow = /[^\u0020-\u007e]/.test(cell) ? cell.normalize('NFKC') : cell;
  const trimmed = narrow.trim();
  const formula = /^="(.*)"$/.exec(trimmed);
  return (formula?.[1] ?? trimmed.replace(/^'/, '')).trim();
}

/** A cell as text that is kept: only its edges are cleaned. */
export const textOf = (cell: string): string => cell.trim().replace(/^'/, '').trim();

const GROUPED = /^\d{1,3}(,\d{3})+(\.\d+)?$/;
const PLAIN_NUMBER = /^\d+(\.\d+)?$/;
const CURRENCY = /^(?:¥|rmb|cny)\s*|\s*(?:元|rmb|cny)$/gi;

/** Whole fen of an amount in yuan such as `¥1,234.50`, `１２３４．５元`; `undefined` = not one; negative ones are told apart. */
export function amountFen(cell: string): number | 'negative' | undefined {
  const text = plain(cell).replace(CURRENCY, '').replaceAll(/\s/g, '');
  if (/^-|^\(.*\)$/.test(text) && /\d/.test(text)) return 'negative';
  if (!PLAIN_NUMBER.test(text) && !GROUPED.test(text)) return undefined;
  const [yuan = '', decimals = ''] = text.replaceAll(',', '').split('.');
  // Part of a fen is nobody's money: a third decimal other than 0 is a mistake in the file.
  if (/[1-9]/.test(decimals.slice(2))) return undefined;
  const fen = Number(yuan) * 100 + Number(decimals.slice(0, 2).padEnd(2, '0'));
  return fen <= 1e13 ? fen : undefined;
}

const DAY =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/;
const MIDNIGHT = /[ T]00:00(:00(\.0+)?)?$/;
const two = (digits: string): string => digits.padStart(2, '0');

/** A civil date in a usual form: 2026-09-01, 2026/9/1, 20260901, 2026.9.1, 2026年9月1日, each also with midnight behind it. */
export function dayOf(cell: string): CivilDate | undefined {
  const text = plain(cell).replace(MIDNIGHT, '');
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const parts = (packed ?? DAY.exec(text))?.slice(1).filter((part) => part !== undefined);
  if (parts === undefined) return undefined;
  const [year = '', month = '', day = ''] = parts;
  if (year < '2000' || year > '2099') return undefined;
  try {
    return civilDate(`${year}-${two(month)}-${two(day)}`);
  } catch {
    return undefined;
  }
}

const MONTH = /^(\d{4})(?:[-/.](\d{1,2})|(\d{2})|年(\d{1,2})月)$/;

/** A billing month as YYYY-MM: 2026-08, 202608, 2026/8, 2026年8月; of a whole date its month. */
export function monthOf(cell: string): string | undefined {
  const parts = MONTH.exec(plain(cell))
    ?.slice(1)
    .filter((part) => part !== undefined);
  if (parts === undefined) return dayOf(cell)?.slice(0, 7);
  const [year = '', month = ''] = parts;
  const isMonth = year >= '2000' && year <= '2099' && Number(month) >= 1 && Number(month) <= 12;
  return isMonth ? `${year}-${two(month)}` : undefined;
}

/** A phone number without spaces and dashes. */
export function phoneOf(cell: string): string | undefined {
  const digits = plain(cell).replaceAll(/[\s()-]/g, '');
  return /^\+?\d{5,15}$/.test(digits) ? digits : undefined;
}

export const isEmail = (text: string): boolean => /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(text);
