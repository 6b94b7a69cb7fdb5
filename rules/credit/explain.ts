import { addMonths, type CivilDate } from '../calendar/civil-date.ts';
import { yuanText } from '../reasons/reason-text.ts';
import type { ColourCode } from './colour-of.ts';
import type { CreditFacts } from './facts.ts';
import type { GradeCode } from './grade-of.ts';
import type { CreditPolicy, Indicator } from './policy.ts';
import type { Colour, Grade, ScoreGrade } from './scheme.ts';
import type { Scored, ScoreItem } from './score-of.ts';

/** One sentence in both languages that a customer understands. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

type Words = (facts: CreditFacts, policy: CreditPolicy) => Sentence;

const years = (policy: CreditPolicy): number => policy.grade.offenceYears;
const until = (offenceOn: CivilDate | null, policy: CreditPolicy): string =>
  offenceOn === null ? '—' : addMonths(offenceOn, 12 * years(policy));

/** Why, by the code of the rule that decided. */
const WHY: Readonly<Record<GradeCode, Words>> = {
  offence: (f, p) => ({
    zh: `${f.offenceOn} 有经认定的窃电或违约用电记录，三年内（至 ${until(f.offenceOn, p)} 前）有效。`,
    en: `an established theft or violation of ${f.offenceOn} counts for ${years(p)} years, until ${until(f.offenceOn, p)}.`,
  }),
  'arrears-over-two-months': (f, p) => ({
    zh: `最早一张未缴电费账单已逾期 ${f.oldestDays} 天（超过 ${p.grade.twoMonthsDays} 天），共欠 ${yuanText(f.owedFen)}。`,
    en: `the oldest unpaid bill is ${f.oldestDays} days overdue (more than ${p.grade.twoMonthsDays}); ${yuanText(f.owedFen)} is owed.`,
  }),
  'arrears-over-one-month': (f, p) => ({
    zh: `最早一张未缴电费账单已逾期 ${f.oldestDays} 天（超过 ${p.grade.oneMonthDays} 天），共欠 ${yuanText(f.owedFen)}。`,
    en: `the oldest unpaid bill is ${f.oldestDays} days overdue (more than ${p.grade.oneMonthDays}); ${yuanText(f.owedFen)} is owed.`,
  }),
  'arrears-within-one-month': (f, p) => ({
    zh: `有电费逾期 ${f.oldestDays} 天（未超过 ${p.grade.oneMonthDays} 天），共欠 ${yuanText(f.owedFen)}，列入关注。`,
    en: `${yuanText(f.owedFen)} is ${f.oldestDays} days overdue (not more than ${p.grade.oneMonthDays}); the account is watched.`,
  }),
  'arrears-deferred': (f) => ({
    zh: `所欠 ${yuanText(f.owedFen)} 已办理缓缴、分期或担保，约定期间不计逾期。`,
    en: `what is owed (${yuanText(f.owedFen)}) is under an agreed deferral, plan or guarantee and does not age.`,
  }),
  'late-within-year': (f, p) => ({
    zh: `近 ${p.grade.yearMonths} 个月的 ${f.bills} 张电费账单中，有 ${f.lateBills} 张未在缴费截止日前缴清，目前已无欠费。`,
    en: `${f.lateBills} of the ${f.bills} bills of the last ${p.grade.yearMonths} months were not paid by their day; nothing is owed now.`,
  }),
  'new-customer': (f, p) => ({
    zh: `用电${f.customerSince === null ? '尚无账单' : `自 ${f.customerSince} 起`}，不满 ${p.grade.newCustomerMonths} 个月，按新用户评定。`,
    en: `a customer ${f.customerSince === null ? 'without bills yet' : `since ${f.customerSince}`}, for less than ${p.grade.newCustomerMonths} months, is graded as new.`,
  }),
  'clean-year': (f, p) => ({
    zh: `近 ${p.grade.yearMonths} 个月的 ${f.bills} 张电费账单均在截止日前缴清，近三年无窃电和违约用电。`,
    en: `all ${f.bills} bills of the last ${p.grade.yearMonths} months were paid by their day, and there was no theft or violation in ${years(p)} years.`,
  }),
};

const COLOUR_WHY: Readonly<Record<ColourCode, Words>> = {
  'fresh-offence': WHY.offence,
  offence: WHY.offence,
  'arrears-black': WHY['arrears-over-two-months'],
  'arrears-red': WHY['arrears-over-two-months'],
  'arrears-yellow': (f) => ({
    zh: `有电费逾期 ${f.oldestDays} 天，共欠 ${yuanText(f.owedFen)}。`,
    en: `${yuanText(f.owedFen)} is ${f.oldestDays} days overdue.`,
  }),
  'arrears-deferred': WHY['arrears-deferred'],
  'often-late': WHY['late-within-year'],
  'late-within-year': WHY['late-within-year'],
  'new-customer': WHY['new-customer'],
  'clean-year': WHY['clean-year'],
};

const COLOUR_NAMES: Readonly<Record<Colour, Sentence>> = {
  green: { zh: '绿色', en: 'green' },
  blue: { zh: '蓝色', en: 'blue' },
  yellow: { zh: '黄色', en: 'yellow' },
  red: { zh: '红色', en: 'red' },
  black: { zh: '黑色', en: 'black' },
};

export const SCORE_NAMES: Readonly<Record<ScoreGrade, Sentence>> = {
  excellent: { zh: '优秀', en: 'excellent' },
  good: { zh: '良好', en: 'good' },
  fair: { zh: '一般', en: 'fair' },
  poor: { zh: '较差', en: 'poor' },
  bad: { zh: '差', en: 'bad' },
};

/** Why a customer has this grade (K3, K8.1). */
export function explainGrade(
  grade: Grade,
  code: GradeCode,
  facts: CreditFacts,
  policy: CreditPolicy,
): Sentence {
  const why = WHY[code](facts, policy);
  return {
    zh: `截至 ${facts.asOf}，信用等级为 ${grade}：${why.zh}`,
    en: `As of ${facts.asOf} the credit grade is ${grade}: ${why.en}`,
  };
}

/** Why a customer has this colour. */
export function explainColour(
  colour: Colour,
  code: ColourCode,
  facts: CreditFacts,
  policy: CreditPolicy,
): Sentence {
  const why = COLOUR_WHY[code](facts, policy);
  return {
    zh: `截至 ${facts.asOf}，信用颜色为${COLOUR_NAMES[colour].zh}：${why.zh}`,
    en: `As of ${facts.asOf} the credit colour is ${COLOUR_NAMES[colour].en}: ${why.en}`,
  };
}

/** The reason of a colour alone, for a message that has said the colour. */
export const colourReason = (code: ColourCode, facts: CreditFacts, policy: CreditPolicy): Sentence =>
  COLOUR_WHY[code](facts, policy);

/** The reason of a grade alone, for a letter that has said the grade. */
export const gradeReason = (code: GradeCode, facts: CreditFacts, policy: CreditPolicy): Sentence =>
  WHY[code](facts, policy);

const INDICATOR_NAMES: Readonly<Record<Indicator, Sentence>> = {
  payment: { zh: '缴费信用', en: 'payment' },
  conduct: { zh: '用电行为', en: 'conduct of use' },
  safety: { zh: '设备安全', en: 'equipment safety' },
  cooperation: { zh: '合作历史', en: 'co-operation' },
};

const ITEM_NAMES: Readonly<Record<ScoreItem['code'], Sentence>> = {
  lateBills: { zh: '逾期缴清的账单', en: 'bills paid late' },
  oldestDays: { zh: '欠费天数', en: 'days of arrears' },
  dunnedCases: { zh: '经催费后缴清', en: 'paid only after collection began' },
  stoppedCases: { zh: '因欠费停电', en: 'supply stopped for arrears' },
  brokenPlans: { zh: '缴费计划未履行', en: 'payment plans broken' },
  thefts: { zh: '窃电', en: 'theft' },
  violations: { zh: '违约用电', en: 'violation' },
  breaches: { zh: '其他失约', en: 'other breach' },
  failedInspections: { zh: '用电检查不合格', en: 'inspection failed' },
  failedEquipment: { zh: '设备检验不合格', en: 'equipment test failed' },
  goodCooperation: { zh: '积极配合', en: 'good co-operation' },
  badCooperation: { zh: '拒不配合', en: 'refused to co-operate' },
  honours: { zh: '荣誉', en: 'honour' },
  goodExternal: { zh: '外部信用良好', en: 'good outside record' },
  badExternal: { zh: '外部信用不良', en: 'bad outside record' },
};

const points = (centi: number): string => (centi / 100).toFixed(centi % 100 === 0 ? 0 : 2);

/** How a score came about, indicator by indicator (K5.1, K8.1). */
export function explainScore(grade: ScoreGrade, scored: Scored, finalCenti: number): Sentence {
  const say = (lang: 'zh' | 'en'): string =>
    scored.indicators
      .map((one) => {
        const items = one.items.map(
          ({ code, count, points: given }) =>
            `${ITEM_NAMES[code][lang]} ${count}: ${given > 0 ? '+' : ''}${given}`,
        );
        const detail =
          items.length === 0 ? '' : lang === 'zh' ? `（${items.join('，')}）` : ` (${items.join(', ')})`;
        return `${INDICATOR_NAMES[one.indicator][lang]} ${one.points} × ${one.weight}%${detail}`;
      })
      .join(lang === 'zh' ? '；' : '; ');
  const adjusted = finalCenti - scored.scoreCenti;
  const zhMore = adjusted === 0 ? '' : `；人工定性调整 ${adjusted > 0 ? '+' : ''}${points(adjusted)}`;
  const enMore = adjusted === 0 ? '' : `; adjusted by a person ${adjusted > 0 ? '+' : ''}${points(adjusted)}`;
  return {
    zh: `信用评分 ${points(finalCenti)}，等级“${SCORE_NAMES[grade].zh}”：${say('zh')}${zhMore}。`,
    en: `The credit score is ${points(finalCenti)}, ${SCORE_NAMES[grade].en}: ${say('en')}${enMore}.`,
  };
}
