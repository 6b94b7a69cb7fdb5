import { HOTLINE, zhMoment, type Text } from './words.ts';

export interface CreditFacts {
  companyName: string;
  customerName: string;
  accountNo: string;
}

/** Yellow: a friendly word, no threat (H2, T1.2). `why` is a sentence of rules/credit/explain.ts. */
export function yellowReminderText(facts: CreditFacts & { whyZh: string; whyEn: string }): Text {
  return {
    subject: '用电信用提醒',
    zh: `【${facts.companyName}】${facts.customerName}（户号 ${facts.accountNo}）您好：您的用电信用为黄色。${facts.whyZh}按时缴费即可恢复。如有困难或异议，请拨打 ${HOTLINE}，我们会协助您。`,
    en: `${facts.companyName}: the credit colour of account ${facts.accountNo} is yellow. ${facts.whyEn} Paying in time restores it. Call ${HOTLINE} if you need help or disagree.`,
  };
}

/** Planned works, told to A customers beforehand (G3.A). Moments as `YYYY-MM-DD HH:MM`. */
export function plannedOutageText(facts: CreditFacts & { from: string; to: string; reason: string }): Text {
  return {
    subject: '计划停电提前告知',
    zh: `【${facts.companyName}】户号 ${facts.accountNo}：因${facts.reason}，计划于 ${zhMoment(facts.from)} 至 ${zhMoment(facts.to)} 停电检修，请提前做好准备。咨询请拨打 ${HOTLINE}。`,
    en: `Planned works at account ${facts.accountNo}: supply will be off from ${facts.from} to ${facts.to} (${facts.reason}). Call ${HOTLINE}.`,
  };
}
