import { REASON_TEXTS, reasonText } from '../../rules/reasons/reason-text.ts';
import type { Reason } from '../../rules/verdict.ts';
import type { Lang } from '../http/caller.ts';
import { CREDIT_REFUSAL_TEXTS } from './credit-refusal-texts.ts';
import { fill } from './fill.ts';

/** Why a fact is not taken, beside the reasons that the rules give: the words of every code of intake/ and of the procedure. */
export const REFUSAL_TEXTS = {
  ...CREDIT_REFUSAL_TEXTS,
  'agreement-differs': {
    zh: '{on} 已有另一送达地址的约定',
    en: 'another address was agreed upon on {on} already',
  },
  'agreement-in-the-future': { zh: '约定日期 {on} 晚于今天', en: 'the agreement of {on} lies in the future' },
  'already-decided': { zh: '此事已有决定', en: 'this has been decided already' },
  'already-executed': { zh: '该工作票已登记执行', en: 'this ticket has been carried out already' },
  'arrears-open': { zh: '尚有 {owedFen} 分电费逾期未缴', en: '{owedFen} fen are still overdue' },
  'capacity-reserved': {
    zh: '{day} 已预留停电 {stops} 户、复电 {restores} 户，能力不得低于此数；须先以保电令撤下停电',
    en: '{stops} stops and {restores} restorations are reserved on {day}; take the stops off by a shield first',
  },
  'cause-without-words': { zh: '原因不能为空', en: 'the cause has no words' },
  'consent-needed': {
    zh: '登记特殊保护须经用户同意',
    en: 'the registry of protected people needs the consent of the customer',
  },
  'clean-period-runs': { zh: '信用保持期尚未届满', en: 'the clean period is not over' },
  'corrected-in-the-future': { zh: '整改日期晚于今天', en: 'the day of correction lies in the future' },
  'counts-no-more': { zh: '该记录已不再计入', en: 'this record counts no more' },
  'dates-reversed': { zh: '结束日期早于开始日期', en: 'the end lies before the beginning' },
  'day-off-and-worked': {
    zh: '{day} 同时列为休息日和工作日',
    en: '{day} is given as a day off and as a working day',
  },
  'day-outside-year': {
    zh: '{day} 不属于 {year} 年的安排',
    en: '{day} is none of the days that {year} arranges',
  },
  'delegation-to-oneself': { zh: '不能委托给本人', en: 'nobody delegates to oneself' },
  'ending-does-not-fit': {
    zh: '“{ending}”不能结束“{kind}”类暂缓',
    en: '{ending} does not end a hold of kind {kind}',
  },
  'event-differs': { zh: '同一事件号内容不同', en: 'the same event id came with other words' },
  'four-eyes': { zh: '须由另一人办理', en: 'another person has to do this' },
  'hold-already-ended': { zh: '该暂缓已以“{ending}”结束', en: 'this hold has ended already: {ending}' },
  'hold-differs': { zh: '同一编号已用于另一户的暂缓', en: 'this hold belongs to another account' },
  'incident-closed': { zh: '该事件已结案', en: 'the incident is closed' },
  'incident-incomplete': { zh: '尚缺：{missing}，不能结案', en: 'it cannot be closed without: {missing}' },
  'late-fees-open': { zh: '违约金尚未缴清', en: 'late fees are not paid yet' },
  'missing-columns': {
    zh: '文件缺少必需的列：{columns}',
    en: 'the file lacks the required columns: {columns}',
  },
  'no-crew-yet': { zh: '尚未派出复电人员', en: 'nobody has been sent to restore yet' },
  'no-restoration': { zh: '该户没有正在进行的复电', en: 'no restoration is under way here' },
  'no-reply-yet': { zh: '用户尚未陈述申辩', en: 'the customer has not replied' },
  'not-open-to-reply': { zh: '不在陈述申辩期内', en: 'the time to reply is not open' },
  'no-header': { zh: '文件是空的或没有表头', en: 'the file is empty or has no header' },
  'no-notice-to-serve': { zh: '没有待送达的通知', en: 'no notice waits to be served' },
  'no-open-dispute': { zh: '该户没有待处理的争议', en: 'this account has no open dispute' },
  'not-a-count': { zh: '须为非负整数', en: 'a whole number, not below zero, is needed' },
  'not-a-csv-file': {
    zh: '文件不是 UTF-8 或 GB18030 编码的 CSV，请另存为 CSV 后再导入',
    en: 'not a CSV file in UTF-8 or GB18030; save it as CSV and import that',
  },
  'not-a-date': { zh: '日期无效', en: 'not a date' },
  'not-a-phone': { zh: '电话号码无效', en: 'not a phone number' },
  'not-a-webhook-address': {
    zh: '地址须为 https，且不含用户名和密码',
    en: 'the address has to be https, without user name and password',
  },
  'not-an-amount': { zh: '金额须为以分计的非负整数', en: 'the amount has to be whole fen, not below zero' },
  'not-an-email': { zh: '电子邮箱无效', en: 'not an e-mail address' },
  'not-at-the-stop': { zh: '流程未到停电环节', en: 'the procedure is not at the stop' },
  'not-sent-to-you': { zh: '该报告不由您处理', en: 'this report was not sent to you' },
  'not-the-serving-reader': {
    zh: '须由负责该户的抄表员办理',
    en: 'the reader of this account has to do this',
  },
  'nothing-missed': { zh: '该复电没有超时', en: 'this restoration was not late' },
  'outside-service-days': { zh: '今天不是可送达日', en: 'today is not one of the days of service' },
  'payment-differs': { zh: '同一缴费编号内容不同', en: 'the same payment id came with other words' },
  'policy-from-the-past': { zh: '生效日 {from} 早于今天', en: 'a policy cannot begin in the past ({from})' },
  'policy-version-taken': { zh: '版本号 {version} 已使用', en: 'version {version} is taken' },
  'proof-missing': { zh: '证据文件不存在', en: 'the proof file is not here' },
  refused: { zh: '流程未接受', en: 'the procedure did not accept it' },
  'restoration-has-begun': { zh: '复电已经开始', en: 'the restoration has begun already' },
  'role-not-held': { zh: '不具有“{role}”岗位', en: 'the role {role} is not held' },
  'safety-is-confirmed': { zh: '已确认可安全复电', en: 'that it is safe is confirmed already' },
  'source-needed': { zh: '须注明发布文件', en: 'the document that publishes it has to be named' },
  'supply-not-proven': { zh: '尚不能证明已恢复供电', en: 'this does not prove that supply is back' },
  'task-ends-by-its-fact': {
    zh: '该事项（{kind}）须登记相应结果，不能直接办结',
    en: 'this task ({kind}) ends by its own fact, not by a word',
  },
  'ticket-closed': { zh: '该工作票已结束', en: 'the ticket is closed' },
  'unknown-centre': { zh: '没有抄表中心 {centreId}', en: 'there is no centre {centreId}' },
  'until-is-past': { zh: '约定的期限已过', en: 'the agreed time is over already' },
  'until-needed': { zh: '须约定期限', en: 'an end has to be agreed upon' },
  'wrong-meter': { zh: '电表不符', en: 'this is another meter' },
} as const satisfies Record<string, Record<Lang, string>>;

const known = (code: string): code is keyof typeof REFUSAL_TEXTS => Object.hasOwn(REFUSAL_TEXTS, code);

/** Says a reason of a problem: in the words of the rules where they have some, else in those of the refusals. */
export function refusalText(reason: Reason, lang: Lang): string {
  if (Object.hasOwn(REASON_TEXTS, reason.code) || !known(reason.code)) return reasonText(reason, lang);
  return fill(REFUSAL_TEXTS[reason.code][lang], reason.params ?? {});
}
