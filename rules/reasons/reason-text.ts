import type { Reason } from '../verdict.ts';
import { APPROVAL_REASON_TEXTS } from './approval-reasons.ts';
import { CREDIT_REASON_TEXTS } from './credit-reasons.ts';
import { EXECUTION_REASON_TEXTS } from './execution-reasons.ts';
import { PLAN_REASON_TEXTS } from './plan-reasons.ts';
import { REMEDY_REASON_TEXTS } from './remedy-reasons.ts';
import { RESTORE_REASON_TEXTS } from './restore-reasons.ts';
import { RETENTION_REASON_TEXTS } from './retention-reasons.ts';
import { SCREEN_REASON_TEXTS } from './screen-reasons.ts';
import { SERVICE_REASON_TEXTS } from './service-reasons.ts';
import { SLIP_REASON_TEXTS } from './slip-reasons.ts';
import { STOP_REASON_TEXTS } from './stop-reasons.ts';
import type { ReasonText } from './texts.ts';

/** Every reason code with its texts; a code stands in one family only. */
export const REASON_TEXTS: Readonly<Record<string, ReasonText>> = {
  ...PLAN_REASON_TEXTS,
  ...SLIP_REASON_TEXTS,
  ...SCREEN_REASON_TEXTS,
  ...SERVICE_REASON_TEXTS,
  ...APPROVAL_REASON_TEXTS,
  ...CREDIT_REASON_TEXTS,
  ...EXECUTION_REASON_TEXTS,
  ...REMEDY_REASON_TEXTS,
  ...RESTORE_REASON_TEXTS,
  ...RETENTION_REASON_TEXTS,
  ...STOP_REASON_TEXTS,
};

/** `¥` with two decimals, from whole fen. */
export function yuanText(amountFen: number): string {
  const whole = Math.abs(amountFen);
  const cents = String(whole % 100).padStart(2, '0');
  return `${amountFen < 0 ? '-' : ''}¥${Math.floor(whole / 100)}.${cents}`;
}

function paramText(name: string, value: string | number | undefined): string {
  if (value === undefined) return '—';
  return name.endsWith('Fen') && typeof value === 'number' ? yuanText(value) : String(value);
}

/** Says a reason in words. A code without texts, from a newer or older version, is shown as it is: never an error on screen. */
export function reasonText(reason: Reason, locale: 'zh' | 'en'): string {
  // The procedure writes a slip for a hold as `hold:<kind>`.
  const text = REASON_TEXTS[reason.code.replace(/^hold:/, 'on-hold-')];
  if (text === undefined) return reason.code;
  return text[locale].replace(/\{(\w+)\}/g, (_, name: string) => paramText(name, reason.params?.[name]));
}
