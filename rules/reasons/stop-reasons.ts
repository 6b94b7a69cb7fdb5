import type { ReasonTexts } from './texts.ts';

/** Texts of the reasons that `mayStop` gives. */
export const STOP_REASON_TEXTS = {
  'case-closed': { zh: '催费案件已结案', en: 'the case is closed' },
  'attempt-over': { zh: '本次停电安排已作废', en: 'this attempt is over' },
  'no-named-debt': { zh: '没有列明停电所据欠费', en: 'no debt is named for this stop' },
  'other-service-named': {
    zh: '停电依据中有 {bills} 张非电费账单',
    en: '{bills} named bill(s) are not for electricity',
  },
  'named-bill-disputed': {
    zh: '停电依据中有 {bills} 张争议账单',
    en: '{bills} named bill(s) are disputed',
  },
  'named-debt-paid': { zh: '停电所据欠费已结清', en: 'the named debt is paid' },
  'named-bill-unknown': {
    zh: '{bills} 张停电依据账单无法核实',
    en: '{bills} named bill(s) cannot be found',
  },
  'not-overdue-long-enough': {
    zh: '{on} 停电过早，最早可停电日为 {earliest}',
    en: '{on} is too early; this bill may lead to a stop from {earliest}',
  },
  'first-dunning-not-served': { zh: '首次催费未送达', en: 'the first reminder has not arrived' },
  'yellow-notice-not-served': { zh: '黄色催收通知书未送达', en: 'the yellow notice has not been served' },
  'dunned-twice-in-one-day': {
    zh: '两次催费在同一日（{on}），不算两次',
    en: 'both reminders were served on {on}; that counts as one',
  },
  'yellow-period-runs': {
    zh: '黄色通知书缴费期至 {until} 止',
    en: 'the yellow notice leaves time to pay until {until}',
  },
  'red-notice-not-served': { zh: '红色中止供电通知书未送达', en: 'the red notice has not been served' },
  'notice-stale-after-slip': {
    zh: '红色通知书已失效，须重新送达',
    en: 'the red notice is stale; serve it anew',
  },
  'stop-day-not-fixed': { zh: '停电日尚未确定', en: 'the stop day is not fixed' },
  'notice-too-short': {
    zh: '{servedOn} 送达，{stopOn} 停电，不足 {noticeDays} 天',
    en: 'served on {servedOn}, a stop on {stopOn} leaves fewer than {noticeDays} days',
  },
  'notice-names-another-time': { zh: '通知书所载停电时间不符', en: 'the notice names another time' },
  'notice-names-other-bills': { zh: '通知书所列账单不符', en: 'the notice does not name all of these bills' },
  'payment-period-runs': { zh: '缴费期至 {until} 止', en: 'the customer may pay until {until}' },
  'before-the-notified-time': {
    zh: '未到通知的停电时段（{from} 至 {until}）',
    en: 'the notified time, {from} to {until}, has not begun',
  },
  'after-the-notified-time': {
    zh: '已过通知的停电时段（{from} 至 {until}）',
    en: 'the notified time, {from} to {until}, is over',
  },
  'billing-not-read': { zh: '尚未查询营销系统', en: 'billing has not been read' },
  'billing-unreachable': { zh: '营销系统无法访问', en: 'billing cannot be reached' },
  'facts-stale': {
    zh: '查询结果已过 {ageSeconds} 秒，超过 {freshSeconds} 秒',
    en: 'billing was read {ageSeconds} s ago; {freshSeconds} s is the limit',
  },
  'payment-since-notice': {
    zh: '红色通知书送达后已缴费 {paidFen}',
    en: '{paidFen} has been paid since the red notice',
  },
  'nobody-known-to-know': {
    zh: '没有与用户双向联系的记录，须上级决定',
    en: 'nobody is known to know; a senior has to decide',
  },
  'second-notice-not-proven': {
    zh: '停电前通知尚无证明',
    en: 'it is not proven that the customer was told once more',
  },
  'second-notice-too-late': {
    zh: '停电前通知于 {at} 到达，应不迟于 {latest}',
    en: 'the customer was told at {at}; {latest} was the latest',
  },
  'meter-changed': { zh: '工作票所列电能表已更换', en: 'the meter on the ticket is no longer the account’s' },
  'meter-in-doubt': {
    zh: '电能表存疑，须由抄表员到场辨认',
    en: 'the meter is in doubt; the reader has to identify it',
  },
  'no-late-fee-accrued': { zh: '尚未产生违约金', en: 'no late fee has accrued' },
  'no-ticket': { zh: '没有停电工作票', en: 'there is no stop ticket' },
  'ticket-recalled': { zh: '停电工作票已撤回', en: 'the stop ticket has been recalled' },
  'ticket-done': { zh: '停电工作票已执行', en: 'the stop ticket has been carried out' },
  'ticket-not-done': { zh: '停电工作票已退回未执行', en: 'the stop ticket was handed back undone' },
  'ticket-day-not-reached': {
    zh: '停电工作票应于 {on} 签发',
    en: 'the stop ticket is raised on {on}, not before',
  },
  'ticket-day-missed': {
    zh: '停电工作票应于 {on} 签发，已错过',
    en: 'the stop ticket had to be raised on {on}',
  },
  'stop-day-not-reached': { zh: '停电日 {on} 未到', en: 'the stop day, {on}, has not come' },
  'step-too-late': { zh: '此步骤应在 {latest} 之前', en: 'this step had to come before {latest}' },
  'outside-stop-hours': { zh: '停电时段不在允许时间内', en: 'the hours lie outside the stop window' },
  'authority-receipt-missing': {
    zh: '电力管理部门尚未签收通知书副本',
    en: 'the authority has not signed for the copy of the notice',
  },
  'executor-is-applicant-or-approver': {
    zh: '执行人不得是申请人或审批人',
    en: 'whoever applied or approved may not carry the stop out',
  },
  'permit-with-another-crew': { zh: '许可已发给另一班组', en: 'another crew holds the permit' },
  'permit-already-used': { zh: '停电许可已使用或已失效', en: 'the permit was used or is no longer valid' },
  'paid-at-the-last-moment': {
    zh: '许可签发时已有缴费',
    en: 'a payment stood when the permit was to be given',
  },
  'ticket-of-another-attempt': { zh: '工作票不属于本次停电', en: 'the ticket is of another attempt' },
  'plan-missing': { zh: '没有停电安排', en: 'there is no plan for this attempt' },
} as const satisfies ReasonTexts;
