import { HOTLINE, yuan, zhDate, type Text } from './words.ts';

/** Something that the customer is asked for, with its last day. */
export interface AskedOf {
  kind: 'prepayment-proposal' | 'prepaid-meter-offer';
  dueOn: string;
  amountFen: number | null;
}

interface Why {
  zh: string;
  en: string;
}

const RIGHTS_ZH = `您可以查阅本户信用档案；如认为评定有误，可随时提出异议，异议处理期间上述措施中止；缴清欠费或者改正违约行为后，可以申请信用修复。联系电话 ${HOTLINE}。`;
const RIGHTS_EN = `You may read your credit file. If you think this is wrong, object at any time: what is asked rests until it is decided. Once the debt is paid or the breach corrected you may apply for repair. Call ${HOTLINE}.`;

const ASKED_ZH = {
  'prepayment-proposal': ({ amountFen, dueOn }: AskedOf) =>
    `请于${zhDate(dueOn)}前办理预付电费 ${yuan(amountFen ?? 0)}（按受电变压器容量计算）。`,
  'prepaid-meter-offer': ({ dueOn }: AskedOf) => `请于${zhDate(dueOn)}前到营业厅办理安装预付费电能表。`,
};
const ASKED_EN = {
  'prepayment-proposal': ({ amountFen, dueOn }: AskedOf) =>
    `Please prepay ${yuan(amountFen ?? 0)} (by transformer capacity) by ${dueOn}.`,
  'prepaid-meter-offer': ({ dueOn }: AskedOf) => `Please have a prepaid meter installed by ${dueOn}.`,
};

/** A grade of C or D that has taken effect: what, why, what is asked until when (G3.C, G3.D); lines are paragraphs. */
export function gradeToldText(facts: {
  accountNo: string;
  grade: string;
  why: Why;
  asks: readonly AskedOf[];
}): Text {
  const { accountNo, grade, why, asks } = facts;
  return {
    subject: '用电信用等级告知书',
    zh: [
      `户号 ${accountNo} 的用电信用等级评定为 ${grade} 级，特此告知。`,
      `评定原因：${why.zh}`,
      ...asks.map((ask) => ASKED_ZH[ask.kind](ask)),
      RIGHTS_ZH,
    ].join('\n'),
    en: [
      `The credit grade of account ${accountNo} is ${grade}.`,
      `Why: ${why.en}`,
      ...asks.map((ask) => ASKED_EN[ask.kind](ask)),
      RIGHTS_EN,
    ].join('\n'),
  };
}

const COLOUR_ZH: Readonly<Record<string, string>> = { red: '红色', black: '黑色' };

/** The written letter of a red or black colour (H2); lines are paragraphs. */
export function colourLetterText(facts: { accountNo: string; colour: string; why: Why }): Text {
  const { accountNo, colour, why } = facts;
  const name = COLOUR_ZH[colour] ?? colour;
  return {
    subject: '用电信用提醒函',
    zh: [
      `户号 ${accountNo} 的用电信用现为${name}，特致函提醒。`,
      `原因：${why.zh}`,
      '请尽快缴清电费或者改正有关行为，信用状况将随之重新评定。如缴费确有困难，请与我们联系，可协商分期或者缓缴。',
      RIGHTS_ZH,
    ].join('\n'),
    en: [
      `The credit colour of account ${accountNo} is ${colour}.`,
      `Why: ${why.en}`,
      'Please pay what is owed or correct what was wrong; the credit is then judged anew. If you cannot pay now, call us: instalments or a deferral can be agreed.',
      RIGHTS_EN,
    ].join('\n'),
  };
}
