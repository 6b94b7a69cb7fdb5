export type SmsMeaning = 'claims-paid' | 'light-is-on' | 'still-dark' | 'other';

/** Plain statements that supply is back, without punctuation and politeness. Whatever else is said proves nothing. */
const LIGHT_IS_ON: ReadonlySet<string> = new Set([
  ...[
    '灯亮了',
    '灯已亮',
    '灯已经亮了',
    '亮了',
    '已亮',
    '亮灯了',
    '都亮了',
    '灯都亮了',
    '家里灯亮了',
    '我家灯亮了',
  ],
  ...[
    '来电了',
    '已来电',
    '已经来电',
    '已经来电了',
    '家里来电了',
    '我家来电了',
    '有电了',
    '家里有电了',
    '已有电',
  ],
  ...['通电了', '已通电', '送电了', '已送电', '恢复了', '已恢复', '恢复供电了', '已恢复供电'],
]);
const POLITE = /^(您好|你好|好的|好)+|(谢谢|多谢|感谢|你们|您)+$/gu;
const ABOUT_SUPPLY = /[亮黑]|没电|无电|来电|通电|送电|停电|断电|供电/u;

/**
 * What a customer's words mean. Only a plain statement is proof of supply (T3.3): a question ("灯什么时候亮") or a "not yet" is
 * not; whatever else is said about supply goes to people.
 */
export function smsMeaning(text: string): SmsMeaning {
  const words = text.trim();
  const isAsked = /[?？吗]/u.test(words);
  const plain = words.replace(/[\s\p{P}\p{S}]/gu, '').replace(POLITE, '');
  if (!isAsked && LIGHT_IS_ON.has(plain)) return 'light-is-on';
  if (plain === '1' || /已.*(缴|交|付)/u.test(plain)) return 'claims-paid';
  return ABOUT_SUPPLY.test(plain) ? 'still-dark' : 'other';
}
