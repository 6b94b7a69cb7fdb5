import type { Field } from './columns.ts';

const TEXTS = {
  required: { zh: '不能为空', en: 'must not be empty' },
  'not-readable': {
    zh: '含有无法识别的字符（编码损坏）',
    en: 'holds letters that cannot be read (broken encoding)',
  },
  'quote-not-closed': {
    zh: '引号不成对，整行无法读取',
    en: 'a quotation mark is not closed; the line cannot be read',
  },
  'too-many-cells': {
    zh: '本行有 {cells} 列，表头只有 {columns} 列（金额或地址中的逗号须加引号）',
    en: 'the row has {cells} cells under {columns} columns; quote values that hold a comma',
  },
  'too-long': { zh: '超过 {most} 个字', en: 'longer than {most} letters' },
  'not-an-account-no': { zh: '不是户号', en: 'is not an account number' },
  'digits-lost': {
    zh: '被表格软件写成科学计数法，数字已丢失',
    en: 'was turned into scientific notation by a spreadsheet; digits are lost',
  },
  'not-an-amount': { zh: '不是金额', en: 'is not an amount' },
  'negative-amount': { zh: '金额不能为负', en: 'must not be negative' },
  'more-paid-than-owed': { zh: '已收金额大于应收金额', en: 'more is paid than owed' },
  'not-a-date': {
    zh: '不是日期（可用 2026-09-01、2026/9/1、20260901、2026.9.1、2026年9月1日）',
    en: 'is not a date (2026-09-01, 2026/9/1, 20260901, 2026.9.1 or 2026年9月1日)',
  },
  'not-a-month': { zh: '不是年月（如 2026-08）', en: 'is not a month such as 2026-08' },
  'due-before-issued': { zh: '缴费截止日期早于出账日期', en: 'lies before the date of issue' },
  'not-a-number': { zh: '不是数字', en: 'is not a number' },
  'not-a-phone': { zh: '不是电话号码', en: 'is not a phone number' },
  'not-an-email': { zh: '不是电子邮箱', en: 'is not an e-mail address' },
  'unknown-word': { zh: '不认识这个值', en: 'is not a value known here' },
  'agreed-address-missing': {
    zh: '约定了电子送达，但没有相应的号码或邮箱',
    en: 'electronic service is agreed, but its number or e-mail is missing',
  },
  'unknown-centre': { zh: '没有这个抄表中心，或无权导入', en: 'no such centre, or not yours to import for' },
  'account-of-another-centre': {
    zh: '该户属于另一个抄表中心',
    en: 'the account belongs to another centre',
  },
  'bill-of-another-account': { zh: '该账单号属于另一户', en: 'the bill belongs to another account' },
  'bill-twice': {
    zh: '同一账单在文件中出现两次且内容不同',
    en: 'the bill stands in the file twice, with different contents',
  },
  'account-disagrees': {
    zh: '同一户在文件前面的行中资料不同',
    en: 'an earlier row says something else of the same account',
  },
  'unknown-account': { zh: '没有这个户号，或不在您的范围内', en: 'no such account within your scope' },
  'record-differs': { zh: '该来源编号已有内容不同的记录', en: 'the source number belongs to another record' },
  'record-in-the-future': { zh: '日期晚于今天', en: 'lies in the future' },
  'outcome-missing': { zh: '该类记录须有结果', en: 'this kind of record needs an outcome' },
  'outcome-does-not-fit': { zh: '结果与记录类型不符', en: 'does not fit this kind of record' },
  'basis-missing': { zh: '外部记录须注明法律依据', en: 'an outside record needs its legal basis' },
  'description-missing': { zh: '须写明情况', en: 'what happened has to be said' },
} as const;

export type RejectCode = keyof typeof TEXTS;

/** One fault of one row. The values of the row itself never stand in it. */
export interface Fault {
  /** `row`: the line as a whole. */
  readonly field: Field | 'row' | (string & {});
  readonly code: RejectCode;
  readonly params?: Readonly<Record<string, number>>;
}

/** Says a fault in words. */
export function faultText(
  code: string,
  params: Readonly<Record<string, number>> | undefined,
  locale: 'zh' | 'en',
): string {
  const text = (TEXTS as Record<string, { zh: string; en: string }>)[code]?.[locale] ?? code;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params?.[name] ?? '—'));
}
