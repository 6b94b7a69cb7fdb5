import type { Lang } from '../../http/caller.ts';
import { html, type Html } from './html.ts';
import type { Situation, CustomerView, Standing } from './view.ts';
import { dayText, HOLDS, inLang, momentText, money, type Words } from './words.ts';

const COLOURS: Readonly<Record<Standing, 'red' | 'amber' | 'green'>> = {
  restoring: 'amber',
  stopped: 'red',
  restored: 'green',
  pending: 'amber',
  held: 'amber',
  red: 'red',
  yellow: 'amber',
  owing: 'amber',
  clear: 'green',
};

export const TITLES: Readonly<Record<Standing, Words>> = {
  restoring: ['正在为您恢复供电', 'We are bringing your supply back'],
  stopped: ['已中止供电', 'Your supply has been stopped'],
  restored: ['灯亮了', 'The light is back'],
  pending: ['已收到付款，等待入账', 'Payment received, not yet posted'],
  held: ['催缴已暂停', 'Collection is paused'],
  red: ['请尽快缴费，否则将中止供电', 'Please pay, or supply will be stopped'],
  yellow: ['您有欠费，请按期缴纳', 'You owe money; please pay in time'],
  owing: ['您有欠费', 'You owe money'],
  clear: ['没有欠费', 'Nothing is owed'],
};

/** When it happens, or by when it is done, in one sentence each; said to the customer, on the page and on the telephone. */
export function sentences(view: Situation, lang: Lang): Words[] {
  const { stop, notices, activeHolds, due } = view;
  const moment = (iso: string | null | undefined) => (iso ? momentText(iso, lang) : '—');
  switch (view.standing) {
    case 'restoring':
      return [
        stop?.deadlineAt
          ? [
              `最迟 ${moment(stop.deadlineAt)} 前恢复，一般会更快。不分昼夜和节假日。`,
              `At the latest by ${moment(stop.deadlineAt)}, usually sooner, day or night.`,
            ]
          : ['已安排恢复供电，24 小时内完成。', 'It is being arranged and done within 24 hours.'],
        ['送电前请断开电炉、电熨斗等电器。', 'Please switch off stoves and irons before.'],
        ...(stop?.missReason
          ? ([[`延迟原因：${stop.missReason}`, `Why it is late: ${stop.missReason}`]] as Words[])
          : []),
      ];
    case 'stopped':
      return [
        [
          `${moment(stop?.occurredAt)} 中止供电。缴清以上金额后 24 小时内恢复，只须缴清引起停电的这笔欠费。`,
          `Stopped on ${moment(stop?.occurredAt)}. It is back within 24 hours of paying the sum above, which is only the debt that caused the stop.`,
        ],
      ];
    case 'restored':
      return [
        [`${moment(stop?.restoredAt)} 已恢复供电。`, `Supply was restored on ${moment(stop?.restoredAt)}.`],
      ];
    case 'pending':
      return [
        [
          `支付渠道已收到您的 ${money(view.pendingFen)}，电费系统入账后本页会更新。请不要重复付款。`,
          `${money(view.pendingFen)} has been taken by your payment channel. This page changes once billing has posted it. Please do not pay twice.`,
        ],
      ];
    case 'held':
      return activeHolds.map(({ kind, untilAt }) => {
        const [zh, en] = HOLDS[kind] ?? ['', ''];
        const until: Words =
          untilAt === null ? ['', ''] : [`，到 ${moment(untilAt)}`, `, until ${moment(untilAt)}`];
        return [`${zh}${until[0]}。暂停期间不会停电。`, `${en}${until[1]}. Nothing is stopped meanwhile.`];
      });
    case 'red': {
      const red = notices.find(({ kind, status }) => kind === 'red' && status === 'served');
      const last = red?.lastPaymentOn ? dayText(red.lastPaymentOn, lang) : '—';
      return [
        [
          `最后缴费日 ${last}。到 ${moment(red?.stopAt)} 仍未缴清 ${money(due.fen)}，将中止供电；缴清即取消。`,
          `Last day to pay: ${last}. If ${money(due.fen)} is still open on ${moment(red?.stopAt)}, supply is stopped; paying it cancels the stop.`,
        ],
      ];
    }
    case 'yellow': {
      const yellow = notices.find(({ kind }) => kind === 'yellow');
      const last = yellow?.lastPaymentOn ? dayText(yellow.lastPaymentOn, lang) : '—';
      return [[`请最迟于 ${last} 缴清。`, `Please pay by ${last} at the latest.`]];
    }
    case 'owing':
      return [['请尽快缴纳；有困难请告诉我们。', 'Please pay soon; tell us if you cannot.']];
    case 'clear':
      return [['目前不需要您做什么。', 'There is nothing for you to do.']];
  }
}

/** The one thing to know, first and large. */
export function stateSection(view: CustomerView, lang: Lang): Html {
  const t = inLang(lang);
  const showsSum = view.due.fen > 0 && view.standing !== 'pending';
  return html`<section class="state ${COLOURS[view.standing]}" role="status">
    <h1>${t(TITLES[view.standing])}</h1>
    ${
      showsSum && html`<p class="sum">${money(view.due.fen)}</p>`
    }${sentences(view, lang).map((one) => html`<p>${t(one)}</p>`)}
  </section>`;
}
