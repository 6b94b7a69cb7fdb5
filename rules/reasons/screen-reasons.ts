import type { ReasonTexts } from './texts.ts';

/** Texts of the reasons that screening and dunning give. */
export const SCREEN_REASON_TEXTS = {
  'nothing-owed': { zh: '没有未结清的账单', en: 'nothing is owed' },
  'nothing-overdue': { zh: '没有逾期的电费', en: 'no electricity bill is overdue' },
  'no-electricity-debt': {
    zh: '所欠费用不是电费，不能作为催费停电依据',
    en: 'what is owed is not for electricity',
  },
  'bill-disputed': {
    zh: '有 {bills} 张电费账单存在争议，不计入',
    en: '{bills} electricity bill(s) are disputed and do not count',
  },
  'not-overdue-enough-to-collect': {
    zh: '最早账单逾期 {days} 天，满 {neededDays} 天方可进入催费',
    en: 'the oldest bill is {days} days overdue; collection begins at {neededDays}',
  },
  'below-minimum-debt': {
    zh: '欠费 {openFen}，低于起点金额 {minimumFen}',
    en: '{openFen} is owed, below the minimum of {minimumFen}',
  },
  'money-in-flight': {
    zh: '有在途资金 {inFlightFen}，尚未入账',
    en: '{inFlightFen} has been paid and is not posted yet',
  },
  'moved-out': { zh: '用户已于 {on} 搬离', en: 'the customer moved out on {on}' },
  'case-already-open': { zh: '该户已有进行中的催费案件', en: 'a case of this account is open already' },
  'already-stopped': { zh: '该户已停电', en: 'supply is off already' },
  'protected-person': {
    zh: '该户登记为受保护用户，不得自动停电',
    en: 'a protected person lives here; supply is never stopped automatically',
  },
  'protection-not-asked': {
    zh: '尚未询问该户是否有受保护人员（生命维持设备等）',
    en: 'nobody has asked yet whether a protected person lives here',
  },
  'master-meter': {
    zh: '总表用户，表后另有缴费用户，须走人工流程',
    en: 'a master meter with paying third parties behind it takes the manual path',
  },
  'prepaid-contract': {
    zh: '预付费合同用户，其约定时限不适用于后付费欠费',
    en: 'a prepaid contract has clocks of its own, which never reach a post-paid debt',
  },
  'shield-in-force': { zh: '保电令有效至 {until}', en: 'an order protects the supply until {until}' },
  'on-hold-part-payment': { zh: '用户已部分缴费，暂缓', en: 'on hold: a part has been paid' },
  'on-hold-plan': { zh: '分期缴费计划履行中，暂缓', en: 'on hold: a payment plan is running' },
  'on-hold-plan-asked': {
    zh: '用户申请分期或缓缴，答复前暂缓',
    en: 'on hold: the customer has asked for a plan and waits for an answer',
  },
  'on-hold-deferral': { zh: '已同意限时缓缴，暂缓', en: 'on hold: payment has been deferred' },
  'on-hold-guarantee': { zh: '已提供担保，暂缓', en: 'on hold: somebody answers for the debt' },
  'on-hold-dispute': { zh: '争议处理中，暂缓', en: 'on hold: a dispute is being decided' },
  'on-hold-authority-order': { zh: '政府部门有令，暂缓', en: 'on hold: an authority ordered it' },
  'on-hold-claimed-payment': {
    zh: '用户称已缴费，核实中，暂缓',
    en: 'on hold: the customer says it is paid; being checked',
  },
  'on-hold-money-in-flight': {
    zh: '已付款项尚未入账，暂缓',
    en: 'on hold: money that covers it has been taken and is not posted yet',
  },
  'on-hold-disputed-in-billing': {
    zh: '欠费在计费系统中有争议，暂缓',
    en: 'on hold: billing calls all that is owed disputed',
  },
  'on-hold-moved-out': { zh: '用户搬离，暂缓', en: 'on hold: the customer moved out' },
  'on-hold-protection': { zh: '受保护情况核实中，暂缓', en: 'on hold: protection is being checked' },
} as const satisfies ReasonTexts;
