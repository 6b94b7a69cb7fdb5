import { HOTLINE, yuan, type Text } from './words.ts';

/** Last word before a stop; moments as `YYYY-MM-DD HH:MM`, Shanghai time. */
export interface SecondNoticeFacts {
  companyName: string;
  accountNo: string;
  sumFen: number;
  stopFrom: string;
  stopUntil: string;
}

const hour = (moment: string): string => moment.slice(11);

/** What the call says (T2.4). */
export function secondNoticeSpeech(facts: SecondNoticeFacts): Text {
  const [h, m] = hour(facts.stopFrom).split(':').map(Number);
  const clock = m === 0 ? `${h}点` : `${h}点${m}分`;
  return {
    subject: '停电前通知',
    zh: `您好，这里是${facts.companyName}。您的户号尾号${facts.accountNo.slice(-4)}欠电费，将于今天${clock}中止供电。现在缴费即可取消。如已缴费或家中有人依赖电力维持生命，请马上告诉我们。`,
    en: `This is ${facts.companyName}. Supply of your account ending in ${facts.accountNo.slice(-4)} will be suspended today at ${hour(facts.stopFrom)}. Paying now cancels it. If you have paid, or somebody depends on electricity to live, tell us at once.`,
  };
}

/** The SMS when nobody answered two calls. */
export function secondNoticeSms(facts: SecondNoticeFacts): Text {
  return {
    subject: '停电前通知',
    zh: `【${facts.companyName}】户号 ${facts.accountNo} 欠费，应缴 ${yuan(facts.sumFen)}，将于今天 ${hour(facts.stopFrom)} 至 ${hour(facts.stopUntil)} 中止供电，现在缴费即可取消。已缴费或有特殊困难请回复 1 或拨打 ${HOTLINE}。`,
    en: `Account ${facts.accountNo}: ${yuan(facts.sumFen)} due. Supply will be suspended today between ${hour(facts.stopFrom)} and ${hour(facts.stopUntil)}. Paying now cancels it. Reply 1 or call ${HOTLINE} if you have paid or need help.`,
  };
}
