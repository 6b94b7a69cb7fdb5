import type { ReasonTexts } from './texts.ts';

/** Texts of what made an executed stop wrongful, or a race. */
export const EXECUTION_REASON_TEXTS = {
  'stopped-without-permit': { zh: '无许可停电', en: 'supply was stopped without a permit' },
  'stopped-before-permit': { zh: '停电早于许可', en: 'supply was stopped before the permit was given' },
  'permit-for-another-ticket': { zh: '许可属于另一工作票', en: 'the permit belongs to another ticket' },
  'permit-used-twice': { zh: '许可被重复使用', en: 'the permit had been used already' },
  'permit-expired': { zh: '停电时许可已过期', en: 'the permit had expired' },
  'permit-revoked': { zh: '停电时许可已撤销', en: 'the permit had been revoked' },
  'paid-before-permit': {
    zh: '许可签发前已记录缴费',
    en: 'a payment was recorded before the permit was given',
  },
  'outside-notified-time': { zh: '停电不在通知的时段内', en: 'supply was stopped outside the notified time' },
  'paid-before-stop-recorded-after': {
    zh: '缴费早于停电而记录晚于许可（时差停电）',
    en: 'paid before the stop, recorded after the permit: a race',
  },
  'off-without-permit': { zh: '发现未经许可的停电', en: 'the meter was found off without any permit' },
  'found-wrongful': { zh: '经核查认定为错误停电', en: 'found to be a wrongful stop' },
} as const satisfies ReasonTexts;
