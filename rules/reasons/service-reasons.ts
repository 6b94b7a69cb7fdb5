import type { ReasonTexts } from './texts.ts';

/** Texts of the reasons for which a service of a notice does not count. */
export const SERVICE_REASON_TEXTS = {
  'notice-served': { zh: '该通知书已送达', en: 'this notice has been served already' },
  'notice-not-served': { zh: '该通知书已记为未送达', en: 'this notice has been recorded as not served' },
  'notice-stale': {
    zh: '通知书 {servedOn} 送达，不能用于 {stopOn} 的停电',
    en: 'the notice served on {servedOn} is no longer good for a stop on {stopOn}',
  },
  'notice-superseded': {
    zh: '该通知书已失效，须重新送达',
    en: 'this notice is stale and must be served anew',
  },
  'service-in-the-future': { zh: '送达时间晚于当前时间', en: 'the time of service lies in the future' },
  'service-before-the-notice': {
    zh: '送达时间早于通知书制作时间',
    en: 'the time of service lies before the notice was written',
  },
  'meter-not-read': { zh: '现场未核对电能表号', en: 'the meter number was not read on site' },
  'wrong-meter': { zh: '现场电能表与该户不符', en: 'it is not the meter of this account' },
  'outside-service-days': {
    zh: '{on} 不在可送达的日期内',
    en: '{on} is not a day on which this notice may be served',
  },
  'signature-without-proof': { zh: '没有签收件影像', en: 'the signed sheet is missing' },
  'photo-without-proof': { zh: '没有送达照片', en: 'the picture of the service is missing' },
  'refusal-without-circumstances': {
    zh: '拒签经过未记录',
    en: 'the circumstances of the refusal are not recorded',
  },
  'refusal-without-proof': {
    zh: '拒签须有照片或见证人',
    en: 'a refusal needs a picture or a witness',
  },
  'address-not-agreed': {
    zh: '用户未约定该电子送达地址',
    en: 'the customer has not agreed to this electronic address',
  },
  'delivery-failed': { zh: '未能送达', en: 'it could not be delivered' },
  'delivery-receipt-missing': {
    zh: '尚无送达回执（网关受理不等于送达）',
    en: 'no delivery receipt yet; accepted by the carrier is not served',
  },
  'letter-without-proof': {
    zh: '没有信函回执影像',
    en: 'the signed return receipt of the letter is missing',
  },
  'sent-on-another-day': {
    zh: '{on} 没有发出该通知书，迟到的电子送达不计',
    en: 'this notice was not sent on {on}; what arrives on a later day does not count',
  },
  'letter-is-not-enough': {
    zh: '该通知书须由抄表员送达，信函不足',
    en: 'this notice is served by the reader; a letter is not enough',
  },
  'not-served': { zh: '未送达', en: 'it was not served' },
  'claims-paid': { zh: '用户称已缴费，须先核实', en: 'the customer says it is paid; to be checked first' },
} as const satisfies ReasonTexts;
