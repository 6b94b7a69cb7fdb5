import type { ReasonTexts } from './texts.ts';

/** Texts of the reasons why an account's data is still kept. */
export const RETENTION_REASON_TEXTS = {
  'still-a-customer': { zh: '仍是用电客户', en: 'this is still a customer' },
  'debt-still-open': { zh: '尚有 {bills} 张账单未结清', en: '{bills} bill(s) are still open' },
  'case-still-open': { zh: '催费案件尚未结束', en: 'a case is still open' },
  'stop-still-in-force': { zh: '停电仍在执行中', en: 'a stop is still in force' },
  'matter-still-open': {
    zh: '有 {matters} 项事宜尚未办结',
    en: '{matters} matter(s) are still to be decided',
  },
  'evidence-still-needed': {
    zh: '催费和停电记录须作为证据保存至 {until}（诉讼时效三年）',
    en: 'dunning and stop records are evidence until {until} (three years of limitation)',
  },
} as const satisfies ReasonTexts;
