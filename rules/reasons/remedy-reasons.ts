import type { ReasonTexts } from './texts.ts';

/** Why a record may not be reported to the public credit platform. */
export const REMEDY_REASON_TEXTS = {
  'personal-debtor': {
    zh: '个人用户的信用信息一律不得报送或公开',
    en: 'a personal debtor is never reported or published',
  },
  'identity-not-verified': { zh: '单位身份尚未核实', en: 'the identity of the firm is not verified' },
  'no-social-credit-code': {
    zh: '没有有效的统一社会信用代码',
    en: 'there is no valid unified social credit code',
  },
  'not-confirmed': { zh: '尚未经认定', en: 'it is not established' },
  'holds-no-longer': { zh: '该信息已不再有效', en: 'it holds no longer' },
  'under-objection': { zh: '异议尚未处理完毕', en: 'an objection is not decided yet' },
  'debt-disputed': { zh: '有账单存在争议', en: 'a bill is disputed' },
  'no-signed-basis': { zh: '没有经两人签署的法律依据', en: 'there is no legal basis signed by two' },
  'basis-revoked': { zh: '法律依据已撤销', en: 'the legal basis was revoked' },
  'basis-not-in-force': { zh: '法律依据今日不在有效期内', en: 'the legal basis is not in force today' },
  'four-eyes': { zh: '须由另一人办理', en: 'another person has to do this' },
  'firm-not-told': { zh: '尚未向该单位送达事先告知', en: 'the firm has not been told yet' },
  'notice-period-runs': { zh: '告知期尚未届满', en: 'the days after the notice are not over' },
} as const satisfies ReasonTexts;
