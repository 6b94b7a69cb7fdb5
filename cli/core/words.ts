import { reasonText } from '../../rules/reasons/reason-text.ts';
import { SLIP_REASON_TEXTS } from '../../rules/reasons/slip-reasons.ts';
import { when, yuan } from './print.ts';

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
const ways: Readonly<Record<string, Said>> = {
  electronic: { zh: '电子', en: 'electronic' },
  visit: { zh: '上门', en: 'by visit' },
  letter: { zh: '信函', en: 'by letter' },
};
const roles: Readonly<Record<string, Said>> = {
  'team-leader': { zh: '班长', en: 'team leader' },
  'station-head': { zh: '营业站站长', en: 'station head' },
  'marketing-manager': { zh: '营销主任', en: 'marketing manager' },
  'company-head': { zh: '公司分管经理', en: 'company head' },
  'company-president': { zh: '公司总经理', en: 'company president' },
  'government-liaison': { zh: '政府联络', en: 'government liaison' },
};
const holds: Readonly<Record<string, Said>> = {
  'part-payment': { zh: '部分缴费', en: 'a part was paid' },
  plan: { zh: '缴费计划', en: 'a payment plan' },
  deferral: { zh: '限时缓缴', en: 'a deferral' },
  guarantee: { zh: '担保', en: 'a guarantee' },
  dispute: { zh: '争议', en: 'a dispute' },
  'authority-order': { zh: '主管部门要求', en: 'an order of an authority' },
  'claimed-payment': { zh: '自称已缴', en: 'the customer says it is paid' },
  'moved-out': { zh: '搬离', en: 'the customer moved out' },
  protection: { zh: '特殊保护', en: 'protection' },
  'disputed-in-billing': { zh: '计费系统中有争议', en: 'disputed in billing' },
  'money-in-flight': { zh: '在途资金', en: 'money in flight' },
};
const causes: Readonly<Record<string, Said>> = {
  ...holds,
  paid: { zh: '已缴清', en: 'paid' },
  'dispute-upheld': { zh: '争议成立', en: 'the dispute was upheld' },
  'wrongful-stop': { zh: '错停', en: 'a wrongful stop' },
  danger: { zh: '危及健康', en: 'danger to health' },
  shield: { zh: '保电', en: 'a shield' },
};
const endings: Readonly<Record<string, Said>> = {
  paid: { zh: '已缴', en: 'paid' },
  reversed: { zh: '缴费被冲正', en: 'the payment was taken back' },
  'plan-kept': { zh: '计划已履行', en: 'the plan was kept' },
  'plan-broken': { zh: '计划未履行', en: 'the plan was broken' },
  'dispute-upheld': { zh: '争议成立', en: 'the dispute was upheld' },
  'dispute-rejected': { zh: '争议不成立', en: 'the dispute was rejected' },
  'order-lifted': { zh: '要求已解除', en: 'the order was lifted' },
  'claim-checked': { zh: '已核对', en: 'the claim was checked' },
  'withdrawn-by-person': { zh: '人工解除', en: 'taken back by a person' },
};
const classes: Readonly<Record<string, Said>> = {
  lawful: { zh: '合规', en: 'lawful' },
  wrongful: { zh: '错停', en: 'wrongful' },
  race: { zh: '时差停电', en: 'a race with a payment' },
};
const statuses: Readonly<Record<string, Said>> = {
  pending: { zh: '已签，待其他人', en: 'signed, others still to sign' },
  approved: { zh: '同意', en: 'approved' },
  refused: { zh: '不同意', en: 'refused' },
};
const outcomes: Readonly<Record<string, Said>> = {
  paid: { zh: '已缴清', en: 'paid' },
  stopped: { zh: '已停电', en: 'stopped' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
  'moved-out': { zh: '用户已搬离', en: 'moved out' },
  guaranteed: { zh: '已提供担保', en: 'guaranteed' },
  'refused-approval': { zh: '审批未通过', en: 'approval refused' },
};
const SLIPS: Readonly<Record<string, Said>> = SLIP_REASON_TEXTS;
const said = (table: Readonly<Record<string, Said>>, key: unknown, lang: Lang): string =>
  table[text(key)]?.[lang] ?? text(key);

const listed = (table: Readonly<Record<string, Said>>, keys: unknown, lang: Lang): string =>
  text(keys)
    .split(',')
    .map((key) => said(table, key.trim(), lang))
    .join(lang === 'zh' ? '、' : ', ');
/** Why an attempt slipped or a crew was recalled: `hold:dispute`, `slipped:shielded`, `case-closed:paid`, `payment`. */
function whyText(reason: unknown, lang: Lang): string {
  const code = text(reason)
    .replace(/^(?:slipped|hold|case-closed):/, '')
    .replace(/^hold:/, '');
  if (code === 'payment') return lang === 'zh' ? '已缴费' : 'a payment';
  const known = SLIPS[code] ?? causes[code] ?? outcomes[code];
  const words = known?.[lang] ?? reasonText({ code, clause: '' }, lang);
  // A text with figures that a bare code does not bring is no text.
  return words.includes('—') ? code : words;
}

/** How each act of the history reads in a story; what is not here is detail. */
const acts: Readonly<Record<string, (body: Body) => Said>> = {
  'case.opened': () => ({ zh: '立案催费', en: 'case opened' }),
  'dunning.prepared': (b) => ({
    zh: `首次催费（${said(ways, b['way'], 'zh')}），应缴 ${fen(b['sumFen'])}`,
    en: `first reminder (${said(ways, b['way'], 'en')}), ${fen(b['sumFen'])}`,
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
    zh: `报批：${listed(roles, b['roles'], 'zh')}`,
    en: `approval asked of ${listed(roles, b['roles'], 'en')}`,
  }),
  'approval.signed': (b) => ({
    zh: `审批：${said(roles, b['role'], 'zh')} ${said(statuses, b['status'], 'zh')}`,
    en: `${said(roles, b['role'], 'en')}: ${said(statuses, b['status'], 'en')}`,
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
    zh: `召回作业人员：${whyText(b['reason'], 'zh')}`,
    en: `crew recalled: ${whyText(b['reason'], 'en')}`,
  }),
  'ticket.stand-down-acknowledged': () => ({
    zh: '作业人员确认召回',
    en: 'the crew has acknowledged the recall',
  }),
  'supply.stopped': (b) => ({
    zh: `停电（${said(classes, b['classification'], 'zh')}）`,
    en: `supply stopped (${said(classes, b['classification'], 'en')})`,
  }),
  'payment.posted': (b) => ({ zh: `缴费 ${fen(b['amountFen'])}`, en: `paid ${fen(b['amountFen'])}` }),
  'payment.reversed': (b) => ({
    zh: `缴费退回 ${fen(b['amountFen'])}`,
    en: `payment bounced ${fen(b['amountFen'])}`,
  }),
  'restoration.owed': (b) => ({
    zh: `应复电：${said(causes, b['kind'], 'zh')}`,
    en: `restoration owed: ${said(causes, b['kind'], 'en')}`,
  }),
  'restoration.begun': (b) => ({
    zh: `开始复电，期限 ${when(text(b['deadline']))}`,
    en: `restoration begun, deadline ${when(text(b['deadline']))}`,
  }),
  'supply.restored': () => ({ zh: '灯亮了：复电完成', en: 'the light is back' }),
  'attempt.slipped': (b) => ({
    zh: `本次不停电，另选停电日：${whyText(b['reason'], 'zh')}`,
    en: `no stop this time, a new day is chosen: ${whyText(b['reason'], 'en')}`,
  }),
  'hold.ended': (b) => ({
    zh: `暂停结束（${said(holds, b['kind'], 'zh')}）：${said(endings, b['ending'], 'zh')}`,
    en: `hold ended (${said(holds, b['kind'], 'en')}): ${said(endings, b['ending'], 'en')}`,
  }),
  'case.closed': (b) => ({
    zh: `结案：${said(outcomes, b['outcome'], 'zh')}`,
    en: `case closed: ${said(outcomes, b['outcome'], 'en')}`,
  }),
};

const tasks: Readonly<Record<string, Said>> = {
  'serve-first': { zh: '送达首次催费通知', en: 'serve the first reminder' },
  'serve-yellow': { zh: '送达黄色通知书', en: 'serve the yellow notice' },
  'serve-red': { zh: '送达红色通知书', en: 'serve the red notice' },
  'identify-meter': { zh: '现场辨认电表', en: 'identify the meter on site' },
  'tell-in-person': { zh: '停电前当面告知', en: 'tell the customer in person before the stop' },
  'somebody-knows': { zh: '决定：用户始终未应答', en: 'decide: nobody has ever answered' },
  'restore-by-hand': { zh: '督办复电', en: 'see to it that supply comes back' },
  'ask-protection': { zh: '询问有无特殊保护', en: 'ask about life support' },
  'manual-path': { zh: '转人工处理', en: 'go on by hand' },
  'explain-miss': { zh: '说明复电超时', en: 'explain the late restoration' },
  'check-claim': { zh: '核对自称已缴', en: 'check the claim that it is paid' },
  'still-dark': { zh: '用户称仍无电', en: 'look after a customer who is still in the dark' },
  'unsafe-to-restore': { zh: '用户称送电危险', en: 'the customer says that switching on is dangerous' },
};
/** A task of a person in words. */
export const taskWords = (kind: string, lang: Lang): string => tasks[kind]?.[lang] ?? kind;
const steps: Readonly<Record<string, Said>> = {
  'serve-red': { zh: '可送达红色通知书', en: 'the red notice may be served' },
  'stop-possible': { zh: '若该日送达，则此时停电', en: 'the stop that would follow' },
  'last-payment-day': { zh: '最后缴费日', en: 'last day to pay' },
  'work-ticket': { zh: '签发停电工作票', en: 'work ticket' },
  'call-customer': { zh: '实时核对，电话通知', en: 'live check, then the call' },
  'last-check': { zh: '再次核对', en: 'last check' },
  stop: { zh: '停电时段开始', en: 'the notified time begins' },
  'interval-ends': { zh: '停电时段结束', en: 'the notified time ends' },
};
/** A planned step in words. */
export const stepWords = (step: string, lang: Lang): string => steps[step]?.[lang] ?? step;

/** One act in words, or undefined where it is detail. */
export function wordsFor(action: string, body: Body, lang: Lang): string | undefined {
  const act = acts[action];
  if (act !== undefined) return act(body)[lang];
  if (!action.startsWith('hold.')) return undefined;
  const kind = action.slice('hold.'.length);
  return lang === 'zh' ? `程序暂停：${said(holds, kind, 'zh')}` : `held: ${said(holds, kind, 'en')}`;
}
