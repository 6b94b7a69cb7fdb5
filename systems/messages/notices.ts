import { HOTLINE, yuan, zhDate, zhMoment, type Text } from './words.ts';

/** One bill on a notice; money in whole fen. */
export interface NoticeBill {
  period: string;
  dueDate: string;
  openFen: number;
  lateFeeFen: number;
}

/** What every notice says. */
export interface NoticeFacts {
  companyName: string;
  customerName: string;
  accountNo: string;
  address: string;
  meterNo: string;
  /** The centre that answers for the account. */
  centreName: string;
  bills: readonly NoticeBill[];
  principalFen: number;
  lateFeeFen: number;
  /** The sum that clears on `asOf`. */
  sumFen: number;
  /** Day to which the late fee is counted, YYYY-MM-DD. */
  asOf: string;
  /** Link to the customer's own page, where the channel can carry one. */
  link?: string;
}

/** A notice that names the stop. Moments as `YYYY-MM-DD HH:MM`, Shanghai time. */
export interface StopNoticeFacts extends NoticeFacts {
  lastPaymentDate: string;
  stopFrom: string;
  stopUntil: string;
}

/** A notice as it is sealed: the words, and the facts that they were written from. What is printed comes from here and nowhere else. */
export interface SealedNotice extends Text {
  facts: NoticeFacts | StopNoticeFacts;
}

const zhBills = (facts: NoticeFacts): string =>
  facts.bills
    .map((b) => `　${b.period} 电费 ${yuan(b.openFen)}（截止日 ${b.dueDate}，违约金 ${yuan(b.lateFeeFen)}）`)
    .join('\n');
const zhHead = (facts: NoticeFacts): string =>
  `${facts.customerName}（户号 ${facts.accountNo}）\n用电地址：${facts.address}`;
const zhSum = (facts: NoticeFacts): string =>
  `电费本金 ${yuan(facts.principalFen)}，违约金（计至 ${facts.asOf}）${yuan(facts.lateFeeFen)}，合计 ${yuan(facts.sumFen)}。`;
const enSum = (facts: NoticeFacts): string =>
  `Electricity ${yuan(facts.principalFen)}, late fee to ${facts.asOf} ${yuan(facts.lateFeeFen)}, in all ${yuan(facts.sumFen)}.`;
const zhHelp = `付款有困难、对账单有异议，或家中有人依赖电力维持生命，请立即拨打 ${HOTLINE}，我们会协助您。`;
const enHelp = `Cannot pay, or disagree with the bill, or does somebody at home depend on electricity to live? Call ${HOTLINE} now; we will help.`;
const zhLink = (facts: NoticeFacts): string =>
  facts.link === undefined ? '' : `\n查看与办理：${facts.link}`;
const enLink = (facts: NoticeFacts): string =>
  facts.link === undefined ? '' : `\nSee and act: ${facts.link}`;

/** How the first reminder begins: to who always pays as of an oversight, to who often cannot with an offer (R3). */
const OPENING = {
  oversight: {
    zh: '感谢您一直按时缴费。可能是一时遗漏：',
    en: 'Thank you for always paying in time; this may be an oversight. ',
  },
  plain: { zh: '', en: '' },
  helping: {
    zh: '如一次缴清有困难，我们可以为您办理分期或缓缴：',
    en: 'If paying all at once is hard, we can agree on a plan or a later day. ',
  },
} as const;

/** First reminder: what is owed and how to pay; it threatens nothing (T1.2). */
export function firstDunningText(facts: NoticeFacts, tone: keyof typeof OPENING = 'plain'): Text {
  return {
    subject: '电费缴费提醒',
    zh: `【${facts.companyName}】${zhHead(facts)}\n${OPENING[tone].zh}您有已过缴费期的电费：\n${zhBills(facts)}\n${zhSum(facts)}请尽快缴纳。如已缴费，请忽略本提醒。\n${zhHelp}${zhLink(facts)}`,
    en: `${facts.companyName}: ${OPENING[tone].en}Account ${facts.accountNo} has overdue electricity bills. ${enSum(facts)} Please pay soon; ignore this if you have paid. ${enHelp}${enLink(facts)}`,
  };
}

/** Yellow notice: second dunning, names last day and exact stop time (T2.1). */
export function yellowNoticeText(facts: StopNoticeFacts): Text {
  return {
    subject: '黄色欠费电费催收通知书',
    zh: `黄色欠费电费催收通知书\n\n${zhHead(facts)}\n欠费明细：\n${zhBills(facts)}\n${zhSum(facts)}\n最后缴费日：${zhDate(facts.lastPaymentDate)}\n逾期未缴，将履行审批和书面通知程序后，于 ${zhMoment(facts.stopFrom)} 至 ${facts.stopUntil.slice(11)} 中止供电；中止供电前将另行送达红色通知书。\n${zhHelp}\n${facts.companyName}`,
    en: `Dunning notice. Account ${facts.accountNo}. ${enSum(facts)} Last day to pay: ${facts.lastPaymentDate}. Without payment, after approval and a written suspension notice, supply will be suspended between ${facts.stopFrom} and ${facts.stopUntil}. ${enHelp}`,
  };
}

/** Red notice: suspension seven days after service, the sum that clears, the last day, the interval (T2.2). */
export function redNoticeText(facts: StopNoticeFacts): Text {
  return {
    subject: '红色欠费中止供电通知书',
    zh: `红色欠费中止供电通知书\n\n${zhHead(facts)}\n中止供电所依据的欠费：\n${zhBills(facts)}\n缴清金额：${yuan(facts.sumFen)}（${zhSum(facts)}）\n缴清此金额，本次中止供电即告取消。\n最后缴费日：${zhDate(facts.lastPaymentDate)}\n中止供电时间：${zhMoment(facts.stopFrom)} 至 ${facts.stopUntil.slice(11)}\n缴清后 24 小时内恢复供电。\n${zhHelp}${zhLink(facts)}\n${facts.companyName}\n\n用户签收：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿`,
    en: `Suspension notice. Account ${facts.accountNo}. Pay ${yuan(facts.sumFen)} by ${facts.lastPaymentDate} and this suspension is void. ${enSum(facts)} Supply will be suspended between ${facts.stopFrom} and ${facts.stopUntil}. It is restored within 24 hours of payment. ${enHelp}${enLink(facts)}`,
  };
}
