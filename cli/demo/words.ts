import { when, yuan } from '../core/print.ts';

export type Lang = 'zh' | 'en';
type Body = Readonly<Record<string, unknown>>;
type Said = Readonly<Record<Lang, string>>;

const text = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(text).join(', ')
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : '';
const fen = (value: unknown): string => (typeof value === 'number' ? yuan(value) : '');

const kinds: Readonly<Record<string, Said>> = {
  'first-dunning': { zh: '首次催费通知', en: 'first reminder' },
  yellow: { zh: '黄色催费通知书', en: 'yellow notice' },
  red: { zh: '红色停电通知书', en: 'red notice' },
};
const methods: Readonly<Record<string, Said>> = {
  signature: { zh: '签收', en: 'signed for' },
  photo: { zh: '拍照留存', en: 'left, with photo' },
  refusal: { zh: '拒签，见证人在场', en: 'refused to sign, with a witness' },
  electronic: { zh: '电子送达', en: 'served electronically' },
  letter: { zh: '信函送达', en: 'by letter' },
};
const outcomes: Readonly<Record<string, Said>> = {
  paid: { zh: '已缴清', en: 'paid' },
  stopped: { zh: '已停电', en: 'stopped' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
};
const said = (table: Readonly<Record<string, Said>>, key: unknown, lang: Lang): string =>
  table[text(key)]?.[lang] ?? text(key);

/** How each act of the history reads in a story; what is not here is detail. */
const acts: Readonly<Record<string, (body: Body) => Said>> = {
  'case.opened': () => ({ zh: '立案催费', en: 'case opened' }),
  'dunning.prepared': (b) => ({
    zh: `首次催费（${text(b['way'])}），应缴 ${fen(b['sumFen'])}`,
    en: `first reminder (${text(b['way'])}), ${fen(b['sumFen'])}`,
  }),
  'notice.served': (b) => ({
    zh: `${said(kinds, b['kind'], 'zh')}：${said(methods, b['method'], 'zh')}${b['stopAt'] === undefined ? '' : `，停电时间 ${when(text(b['stopAt']))}`}`,
    en: `${said(kinds, b['kind'], 'en')}: ${said(methods, b['method'], 'en')}${b['stopAt'] === undefined ? '' : `, stop fixed for ${when(text(b['stopAt']))}`}`,
  }),
  'stop.planned': (b) => ({
    zh: `选定停电日：${text(b['stopDates'])}`,
    en: `stop day chosen: ${text(b['stopDates'])}`,
  }),
  'approval.requested': (b) => ({
    zh: `报批：${text(b['roles'])}`,
    en: `approval asked of ${text(b['roles'])}`,
  }),
  'approval.signed': (b) => ({
    zh: `审批：${text(b['role'])} ${text(b['status'])}`,
    en: `${text(b['role'])}: ${text(b['status'])}`,
  }),
  'paper.prepared': (b) => ({
    zh: `抄送政府：${text(b['kind'])}`,
    en: `copy for the authority: ${text(b['kind'])}`,
  }),
  'paper.received': () => ({ zh: '政府签收', en: 'the authority has received it' }),
  'ticket.raised': () => ({ zh: '签发停电工作票', en: 'work ticket raised' }),
  'call.acknowledged': (b) =>
    b['purpose'] === 'safety-call'
      ? { zh: '安全复电电话确认', en: 'asked whether switching on is safe: confirmed' }
      : { zh: '停电前电话通知，用户按键确认', en: 'called before the stop: acknowledged' },
  'call.unanswered': () => ({ zh: '停电前电话无人接听', en: 'called before the stop: no answer' }),
  'permit.granted': () => ({ zh: '现场许可停电', en: 'permit granted on site' }),
  'permit.revoked': () => ({ zh: '许可撤销', en: 'permit revoked' }),
  'ticket.recalled': (b) => ({
    zh: `召回作业人员：${text(b['reason'])}`,
    en: `crew recalled: ${text(b['reason'])}`,
  }),
  'ticket.stand-down-acknowledged': () => ({
    zh: '作业人员确认召回',
    en: 'the crew has acknowledged the recall',
  }),
  'supply.stopped': (b) => ({
    zh: `停电（${text(b['classification'])}）`,
    en: `supply stopped (${text(b['classification'])})`,
  }),
  'payment.posted': (b) => ({ zh: `缴费 ${fen(b['amountFen'])}`, en: `paid ${fen(b['amountFen'])}` }),
  'payment.reversed': (b) => ({
    zh: `缴费退回 ${fen(b['amountFen'])}`,
    en: `payment bounced ${fen(b['amountFen'])}`,
  }),
  'restoration.owed': (b) => ({
    zh: `应复电：${text(b['kind'])}`,
    en: `restoration owed: ${text(b['kind'])}`,
  }),
  'restoration.begun': (b) => ({
    zh: `开始复电，期限 ${when(text(b['deadline']))}`,
    en: `restoration begun, deadline ${when(text(b['deadline']))}`,
  }),
  'supply.restored': () => ({ zh: '灯亮了：复电完成', en: 'the light is back' }),
  'attempt.slipped': (b) => ({
    zh: `本次不停电，另选停电日：${text(b['reason'])}`,
    en: `no stop this time, a new day is chosen: ${text(b['reason'])}`,
  }),
  'hold.ended': (b) => ({ zh: `暂停结束：${text(b['reason'])}`, en: `hold ended: ${text(b['reason'])}` }),
  'case.closed': (b) => ({
    zh: `结案：${said(outcomes, b['outcome'], 'zh')}`,
    en: `case closed: ${said(outcomes, b['outcome'], 'en')}`,
  }),
};

/** One act in words, or undefined where it is detail. */
export function wordsFor(action: string, body: Body, lang: Lang): string | undefined {
  const act = acts[action];
  if (act !== undefined) return act(body)[lang];
  if (!action.startsWith('hold.')) return undefined;
  const kind = action.slice('hold.'.length);
  return lang === 'zh' ? `程序暂停：${kind}` : `held: ${kind}`;
}
