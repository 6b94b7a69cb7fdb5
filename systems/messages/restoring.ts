import { HOTLINE, zhMoment, type Text } from './words.ts';

export interface RestoringFacts {
  companyName: string;
  accountNo: string;
}

/** Call that asks whether it is safe to switch on (安全复电); nobody waits for its answer. */
export function safetyCallSpeech(facts: RestoringFacts): Text {
  return {
    subject: '安全复电确认',
    zh: `您好，这里是${facts.companyName}。您户号尾号${facts.accountNo.slice(-4)}即将恢复供电。请断开电炉、熨斗等电器。可以送电请按 1，现在有危险请按 2。`,
    en: `This is ${facts.companyName}. Supply of your account is about to be restored. Please switch off stoves and irons. Press 1 if it is safe, 2 if there is danger.`,
  };
}

/** Supply is back. */
export function restoredText(facts: RestoringFacts & { restoredAt: string }): Text {
  return {
    subject: '已恢复供电',
    zh: `【${facts.companyName}】户号 ${facts.accountNo} 已于 ${zhMoment(facts.restoredAt)} 恢复供电。灯没有亮？请拨打 ${HOTLINE} 或回复“没亮”。`,
    en: `Supply of account ${facts.accountNo} was restored at ${facts.restoredAt}. Still dark? Call ${HOTLINE}.`,
  };
}

/** Why it took longer than 24 hours, and until when it will be done (T3.3). */
export function missText(facts: RestoringFacts & { reason: string; until: string }): Text {
  return {
    subject: '恢复供电延迟说明',
    zh: `【${facts.companyName}】很抱歉，户号 ${facts.accountNo} 未能在 24 小时内恢复供电。原因：${facts.reason}。我们最迟于 ${zhMoment(facts.until)} 前恢复。咨询请拨打 ${HOTLINE}。`,
    en: `We are sorry: supply of account ${facts.accountNo} was not restored within 24 hours. Reason: ${facts.reason}. It will be back by ${facts.until} at the latest. Call ${HOTLINE}.`,
  };
}
