import type { ReasonTexts } from './texts.ts';

/** Texts of what makes an attempt slip to a new day, as the procedure records it. */
export const SLIP_REASON_TEXTS = {
  'crew-system-unreachable': { zh: '现场作业系统无法访问', en: 'the crew system cannot be reached' },
  'interval-missed': { zh: '错过通知的停电时段', en: 'the notified time passed without a stop' },
  'not-done-on-site': { zh: '现场未执行', en: 'it was not done on site' },
  'payment-reversed': { zh: '一笔缴费被冲正', en: 'a payment was reversed' },
  'principal-grown': { zh: '欠费本金增加', en: 'the principal has grown' },
  'remote-outcome-unknown': {
    zh: '远程停电指令结果不明，须人工核查',
    en: 'what became of the remote command is not known; somebody has to look',
  },
  'red-not-served': { zh: '红色通知书未能在候选日送达', en: 'the red notice was served on none of its days' },
  'red-refused': { zh: '不符合送达红色通知书的条件', en: 'the red notice may not be served' },
  'stood-down': { zh: '作业人员已撤回', en: 'the crew was recalled' },
  'ticket-refused': { zh: '不得签发停电工作票', en: 'the stop ticket may not be raised' },
  'workflow-lost': { zh: '流程中断后重新开始', en: 'the procedure was lost and began anew' },
  'yellow-not-served': { zh: '黄色通知书未按期送达', en: 'the yellow notice was not served in its time' },
  'case-paid': { zh: '已缴清，案件结束', en: 'it is paid; the case is over' },
  'case-withdrawn': { zh: '案件已撤销', en: 'the case was withdrawn' },
  'case-moved-out': { zh: '用户已搬离，案件结束', en: 'the customer moved out; the case is over' },
  'case-guaranteed': { zh: '已提供担保，案件结束', en: 'the debt is guaranteed; the case is over' },
  'case-stopped': { zh: '已停电，案件结束', en: 'supply was stopped; the case is over' },
  'case-refused-approval': { zh: '审批未通过，案件结束', en: 'approval was refused; the case is over' },
  'not-at-the-stop': { zh: '尚未到停电环节', en: 'the case is not at the stop' },
  'no-notice-to-serve': { zh: '没有待送达的通知书', en: 'no notice waits to be served' },
  'not-recalled': { zh: '没有撤回指令', en: 'no crew has been recalled' },
  'not-stopped': { zh: '该户未停电', en: 'supply has not been stopped' },
  'no-approval-pending': { zh: '没有待审批事项', en: 'no approval is pending' },
} as const satisfies ReasonTexts;
