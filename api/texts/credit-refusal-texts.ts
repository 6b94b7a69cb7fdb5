import type { Lang } from '../http/caller.ts';

/** Why a fact of the credit file is not taken. */
export const CREDIT_REFUSAL_TEXTS = {
  'adjustment-stands': {
    zh: '该户已有待复核或生效的调整',
    en: 'an adjustment of this account waits or stands already',
  },
  'adjustment-too-large': {
    zh: '调整不得超过 {most} 分',
    en: 'an adjustment moves a score by {most} points at most',
  },
  'already-drawn': { zh: '该年度已抽取', en: 'this year has been drawn already' },
  'already-merged': { zh: '该户已并入另一户', en: 'this account was merged already' },
  'basis-known': { zh: '该依据编号已登记', en: 'this basis is recorded already' },
  'basis-missing': { zh: '外部记录须注明法律依据', en: 'an outside record needs its legal basis' },
  'checked-outside-already': { zh: '已在外部核查中', en: 'somebody outside is asked already' },
  'commitment-broken-before': {
    zh: '曾违反书面承诺，不再适用承诺制',
    en: 'a commitment was broken before; the lane is closed',
  },
  'description-missing': { zh: '须写明情况', en: 'what happened has to be said' },
  'draw-announced': { zh: '{year} 年度抽奖已公告', en: 'the draw of {year} has been announced' },
  'firm-needs-code': {
    zh: '已核实的企业须有统一社会信用代码',
    en: 'a verified firm needs its unified social credit code',
  },
  'measure-closed': { zh: '该事项已结束（{status}）', en: 'this measure is over already ({status})' },
  'merge-in-a-circle': {
    zh: '不能并入自身或已并出的户',
    en: 'an account is not merged into itself or into one that is gone',
  },
  'month-not-over': {
    zh: '{month} 尚未结束，月末之后方可复现',
    en: '{month} is not over; a month is told again when it is',
  },
  'no-legal-basis': {
    zh: '以下措施没有已签署的法律依据，不能启用：{measures}',
    en: 'no signed legal basis, so these stay off: {measures}',
  },
  'no-such-right': { zh: '现行等级没有“{kind}”权益', en: 'the present grade gives no right to {kind}' },
  'not-a-social-credit-code': {
    zh: '统一社会信用代码有误（校验不符）',
    en: 'not a unified social credit code: its check letter does not fit',
  },
  'not-trusted': {
    zh: '非可信用户（绿、蓝），须提供产权证明',
    en: 'only trusted customers (green, blue) sign in place of a proof of title',
  },
  'objection-late': {
    zh: '答复期限已过，不得再延长',
    en: 'its day is over: it is decided now, not extended',
  },
  'outage-in-the-past': { zh: '计划停电时间须晚于现在', en: 'planned works lie in the future' },
  'outcome-does-not-fit': { zh: '结果与记录类型不符', en: 'this outcome does not fit this kind of record' },
  'outcome-missing': { zh: '须注明结果', en: 'the outcome is missing' },
  'record-differs': { zh: '同一来源编号的记录内容不同', en: 'the source number belongs to another record' },
  'record-in-the-future': { zh: '发生日期 {on} 晚于今天', en: '{on} lies in the future' },
  'right-taken-up': { zh: '本年度已行使“{kind}”', en: '{kind} was taken up this year already' },
  'run-is-over': { zh: '该批次已结束', en: 'this run is over' },
  'sole-trader-is-a-person': { zh: '个体工商户按个人对待', en: 'a sole trader counts as a person' },
  'upheld-names-no-fact': {
    zh: '认定异议成立须指明错在何处：有误的记录；账单有误的，先登记电费争议并予认定，或待计费系统更正',
    en: 'what was wrong has to be named: a record; a wrong bill is disputed and that dispute upheld first, or corrected in billing',
  },
} as const satisfies Record<string, Record<Lang, string>>;
