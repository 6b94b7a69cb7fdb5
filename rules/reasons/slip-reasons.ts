import type { ReasonTexts } from './texts.ts';

/** Texts of what makes an attempt slip to a new day, as the procedure records it. */
export const SLIP_REASON_TEXTS = {
  'crew-system-unreachable': { zh: '现场作业系统无法访问', en: 'the crew system cannot be reached' },
  'interval-missed': { zh: '错过通知的停电时段', en: 'the notified time passed without a stop' },
  'not-done-on-site': { zh: '现场未执行', en: 'it was not done on site' },
  'payment-reversed': { zh: '一笔缴费被冲正', en: 'a payment was reversed' },
  'principal-grown': { zh: '欠费本金增加', en: 'the principal has grown' },
  'red-not-served': { zh: '红色通知书未能在候选日送达', en: 'the red notice was served on none of its days' },
  'red-refused': { zh: '不符合送达红色通知书的条件', en: 'the red notice may not be served' },
  'stood-down': { zh: '作业人员已撤回', en: 'the crew was recalled' },
  'ticket-refused': { zh: '不得签发停电工作票', en: 'the stop ticket may not be raised' },
  'yellow-not-served': { zh: '黄色通知书未按期送达', en: 'the yellow notice was not served in its time' },
  'not-at-the-stop': { zh: '尚未到停电环节', en: 'the case is not at the stop' },
  'no-approval-pending': { zh: '没有待审批事项', en: 'no approval is pending' },
} as const satisfies ReasonTexts;
