import { HOTLINE, zhDate, type Text } from './words.ts';

const GRADE_ZH: Readonly<Record<string, string>> = {
  A: 'A 级',
  B: 'B 级',
  C: 'C 级',
  D: 'D 级',
  excellent: '优秀',
  good: '良好',
  fair: '一般',
  poor: '较差',
  bad: '差',
  green: '绿色',
  blue: '蓝色',
  yellow: '黄色',
  red: '红色',
  black: '黑色',
};
const inChinese = (value: string): string => GRADE_ZH[value] ?? value;

const asking = `如有疑问，请拨打 ${HOTLINE}。`;

/** A lower grade that is about to take effect: what, why, and that the customer may reply or object first (L7, K8). */
export function downgradeNoticeText(facts: {
  accountNo: string;
  from: string;
  to: string;
  why: Text;
  replyDays: number;
}): Text {
  const { accountNo, from, to, why, replyDays } = facts;
  return {
    subject: `用电信用等级调整告知书 ${accountNo}`,
    zh: `户号 ${accountNo} 的用电信用等级拟由${inChinese(from)}调整为${inChinese(to)}。原因：${why.zh}自本告知书送达之日起 ${replyDays} 日内，您可以陈述申辩或提出异议；期间等级不变，异议处理期间也不变。${asking}`,
    en: `The credit grade of account ${accountNo} is to change from ${from} to ${to}. Why: ${why.en} Within ${replyDays} days of service you may reply or object; until then, and while an objection is decided, nothing changes.`,
  };
}

/** The answer to an objection (K8.2). */
export function objectionAnswerText(facts: {
  accountNo: string;
  decision: 'upheld' | 'partly-upheld' | 'rejected';
  reason: string;
}): Text {
  const { accountNo, decision, reason } = facts;
  const zh = { upheld: '成立', 'partly-upheld': '部分成立', rejected: '不成立' }[decision];
  const next =
    decision === 'rejected'
      ? '如不服，可向电力监管机构投诉（12398）。'
      : '有关记录已更正，由此产生的影响已撤销。';
  return {
    subject: `用电信用异议答复 ${accountNo}`,
    zh: `您就户号 ${accountNo} 提出的信用异议${zh}。理由：${reason}。${next}${asking}`,
    en: `Your objection about account ${accountNo} was ${decision}. Reason: ${reason}.`,
  };
}

/** The answer to an application for repair (K7). */
export function repairAnswerText(facts: { accountNo: string; granted: boolean; reason: string }): Text {
  const { accountNo, granted, reason } = facts;
  return {
    subject: `用电信用修复答复 ${accountNo}`,
    zh: granted
      ? `户号 ${accountNo} 的信用修复申请已通过：记录已注明修复，等级随即重新评定。${asking}`
      : `户号 ${accountNo} 的信用修复申请未通过。理由：${reason}。整改后可再次申请。${asking}`,
    en: granted
      ? `The credit of account ${accountNo} was repaired; the record says so and the grade is judged anew.`
      : `The repair of account ${accountNo} was refused. Reason: ${reason}.`,
  };
}

/** What was told before holds no longer. */
export function correctionText(facts: { accountNo: string }): Text {
  return {
    subject: `用电信用告知更正 ${facts.accountNo}`,
    zh: `此前就户号 ${facts.accountNo} 发出的信用等级调整告知已撤回，不再生效。给您带来的不便，我们深表歉意。${asking}`,
    en: `What we told you about the credit grade of account ${facts.accountNo} is withdrawn and has no effect. We are sorry.`,
  };
}

/** A firm is told before it is reported (H4, L6). */
export function publicationNoticeText(facts: {
  accountNo: string;
  statedOn: string;
  document: string;
  noticeDays: number;
}): Text {
  const { accountNo, statedOn, document, noticeDays } = facts;
  return {
    subject: `信用信息报送事先告知书 ${accountNo}`,
    zh: `依据《${document}》，我公司拟将户号 ${accountNo} 截至${zhDate(statedOn)}的用电信用信息报送公共信用信息平台。自本告知书送达之日起 ${noticeDays} 日内，贵单位可以陈述申辩或提出异议；异议处理期间不予报送。${asking}`,
    en: `Under ${document} we intend to report the credit record of account ${accountNo} as of ${statedOn} to the public credit platform. Within ${noticeDays} days of service you may reply or object; nothing is reported while an objection is decided.`,
  };
}
