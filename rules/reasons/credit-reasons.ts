import type { ReasonTexts } from './texts.ts';

/** Texts of the reasons for which definitions of credit are not published. */
export const CREDIT_REASON_TEXTS = {
  'credit-policy-out-of-order': {
    zh: '参数 {name} = {value} 与条款不符或自相矛盾',
    en: 'parameter {name} = {value} is against its clause or contradicts another',
  },
} as const satisfies ReasonTexts;
