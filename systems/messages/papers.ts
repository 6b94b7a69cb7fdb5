import { yuan, zhMoment, type Text } from './words.ts';

/** What an authority is told of one customer. */
export interface PaperFacts {
  companyName: string;
  customerName: string;
  accountNo: string;
  address: string;
  category: string;
  principalFen: number;
  sumFen: number;
  stopFrom: string;
  stopUntil: string;
  /** Days, YYYY-MM-DD: of this paper, and of the service of the notice. */
  preparedOn: string;
  servedOn: string;
}

/** A paper as it is sealed: what is handed in and printed. */
export interface SealedPaper {
  subject: string;
  text: string;
  facts: PaperFacts;
}

/** Copy of the suspension notice of an important user for the power administration (L2.gov). */
export function suspensionCopyText(facts: PaperFacts): Text {
  return {
    subject: `重要用户中止供电通知抄送 ${facts.accountNo}`,
    zh: `电力管理部门：\n重要用户 ${facts.customerName}（户号 ${facts.accountNo}，${facts.address}）欠电费 ${yuan(facts.sumFen)}，已依法送达中止供电通知，拟于 ${zhMoment(facts.stopFrom)} 至 ${facts.stopUntil.slice(11)} 中止供电。特此抄送，请予签收。\n${facts.companyName}`,
    en: `Copy of the suspension notice served on important user ${facts.accountNo}; suspension between ${facts.stopFrom} and ${facts.stopUntil}; ${yuan(facts.sumFen)} owed. Please acknowledge receipt.`,
  };
}

/** Report of large arrears, asking for help (T3.5). */
export function largeArrearsText(facts: PaperFacts): Text {
  return {
    subject: `大额欠费报告 ${facts.accountNo}`,
    zh: `政府有关部门：\n${facts.customerName}（户号 ${facts.accountNo}，${facts.address}）欠电费本金 ${yuan(facts.principalFen)}，合计 ${yuan(facts.sumFen)}，拟于 ${zhMoment(facts.stopFrom)} 中止供电。恳请协助催缴。\n${facts.companyName}`,
    en: `Report of large arrears of ${facts.accountNo}: ${yuan(facts.sumFen)}; suspension planned for ${facts.stopFrom}. We ask for your help.`,
  };
}
