import { shanghaiText } from '../../../rules/calendar/shanghai-time.ts';
import type { Lang } from '../../http/caller.ts';

/** One saying in both languages. */
export type Words = readonly [zh: string, en: string];

/** The words of a language. */
export const inLang =
  (lang: Lang) =>
  ([zh, en]: Words): string =>
    lang === 'zh' ? zh : en;

/** ¥ with two decimals, from whole fen. */
export const money = (fen: number): string => `¥${(fen / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')}`;

/** A civil date as people say it: `2026年9月1日`, `1 Sep 2026`. */
export function dayText(date: string, lang: Lang): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  return lang === 'zh' ? `${year}年${month}月${day}日` : `${day} ${months[month - 1]} ${year}`;
}

/** An instant with its minute, Shanghai time. */
export function momentText(iso: string, lang: Lang): string {
  const [date = '', time = ''] = shanghaiText(Date.parse(iso)).split(' ');
  return `${dayText(date, lang)} ${time}`;
}

export const dayOf = (iso: string, lang: Lang): string =>
  dayText(shanghaiText(Date.parse(iso)).slice(0, 10), lang);

/** First character of a name, the rest hidden: a telephone may be looked at by others. */
export const maskedName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return `${first}${'*'.repeat(Math.min(rest.length, 3))}`;
};

export const NOTICES: Readonly<Record<string, Words>> = {
  'first-dunning': ['电费缴费提醒', 'Payment reminder'],
  yellow: ['黄色催费通知书', 'Yellow dunning notice'],
  red: ['红色停电通知书', 'Red suspension notice'],
};

export const HOLDS: Readonly<Record<string, Words>> = {
  'part-payment': ['您已缴了一部分', 'you have paid a part'],
  plan: ['已约定分期缴费', 'a payment plan was agreed'],
  'plan-asked': ['您申请了分期或缓缴，等我们答复', 'you have asked for a plan and wait for our answer'],
  deferral: ['已同意缓缴', 'later payment was agreed'],
  guarantee: ['已提供担保', 'somebody answers for the debt'],
  dispute: ['您提出的异议正在核查', 'your dispute is being looked into'],
  'authority-order': ['主管部门要求', 'an authority has ordered it'],
  'claimed-payment': ['您说已缴费，正在核对', 'you say that you have paid; we are checking'],
  'moved-out': ['用户已搬离', 'the customer has moved out'],
  protection: ['家中有需要保护的人', 'somebody at home must be protected'],
};

/** What each planned step means for the customer; `true`: only its day matters. */
export const STEPS: Readonly<Record<string, readonly [Words, boolean]>> = {
  'serve-red': [
    [
      '最早这一天，工作人员可能上门送达红色停电通知书（须先经负责人批准）',
      'earliest day on which a red suspension notice may be brought to you, if a manager approves it',
    ],
    true,
  ],
  'stop-possible': [
    ['如仍未缴清，最早此时中止供电', 'earliest time of a stop, if it is still not paid'],
    false,
  ],
  'last-payment-day': [['最后缴费日', 'last day to pay'], true],
  'work-ticket': [['安排停电作业', 'the work is arranged'], true],
  'call-customer': [['停电前再次打电话告知您', 'we call you once more'], false],
  'last-check': [['再查一次您是否已缴费', 'we look once more whether you have paid'], false],
  stop: [['中止供电', 'supply is stopped'], false],
  'interval-ends': [
    ['过了此时没有停电，这次通知就作废', 'if nothing happened until then, this notice is void'],
    false,
  ],
};
