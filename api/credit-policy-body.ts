import { z } from 'zod';
import type {
  ColourPolicy,
  ConsequencePolicy,
  CreditPolicy,
  GradePolicy,
  HarmPolicy,
  RemedyPolicy,
  ScorePolicy,
} from '../rules/credit/policy.ts';
import { INDICATORS, MEASURES_WITHOUT_BASIS } from '../rules/credit/policy.ts';
import { COLOURS, GRADES, SCORE_GRADES } from '../rules/credit/scheme.ts';

const whole = z.int().min(0).max(100_000);
const each = <const K extends readonly [string, ...string[]]>(names: K) =>
  z.strictObject(
    Object.fromEntries(names.map((name) => [name, whole.optional()])) as unknown as Record<
      K[number],
      z.ZodType
    >,
  );

type Shape<T> = Record<keyof T, z.ZodType>;

const grade = {
  settledGraceDays: whole,
  oneMonthDays: whole,
  twoMonthsDays: whole,
  offenceYears: whole,
  yearMonths: whole,
  newCustomerMonths: whole,
  deferralRests: z.union([z.literal(0), z.literal(1)]),
} satisfies Shape<GradePolicy>;
const colour = {
  yellow: each(['arrearsDays', 'lateBills']),
  red: each(['arrearsDays']),
  black: each(['arrearsDays']),
  blackOffenceYears: whole,
} satisfies Shape<ColourPolicy>;
const score = {
  weights: each(INDICATORS),
  thresholds: each(['excellent', 'good', 'fair', 'poor']),
  minus: each([
    ...([
      'lateBill',
      'tenArrearsDays',
      'dunnedCase',
      'stoppedCase',
      'brokenPlan',
      'theft',
      'violation',
    ] as const),
    ...(['failedInspection', 'failedEquipment', 'badCooperation', 'badExternal', 'breach'] as const),
  ]),
  plus: each(['cooperation', 'honour', 'goodExternal']),
  cooperationStart: whole,
  years: whole,
  adjustmentPoints: whole,
  adjustmentMonths: whole,
} satisfies Shape<ScorePolicy>;
const consequences = {
  prepaymentYuanPerKva: whole,
  prepaymentSharePercent: each(['B', 'C', 'D']),
  offerWorkingDays: whole,
  suggestionDays: whole,
  inspectionMonths: whole,
  closeInspectionMonths: whole,
  paymentsPerMonth: whole,
  benefitDays: whole,
  claimWorkingDays: whole,
  outageNoticeHours: whole,
  earlierReminderDays: each(GRADES),
  drawPermille: whole,
} satisfies Shape<ConsequencePolicy>;
const harm = {
  grades: z.array(z.enum(GRADES)),
  scoreGrades: z.array(z.enum(SCORE_GRADES)),
  colours: z.array(z.enum(COLOURS)),
  replyDays: whole,
} satisfies Shape<HarmPolicy>;
const remedies = {
  cleanMonths: whole,
  objectionWorkingDays: whole,
  outsideCheckWorkingDays: whole,
  verifyWorkingDays: whole,
  publicationNoticeDays: whole,
} satisfies Shape<RemedyPolicy>;

const parts = {
  grade: z.strictObject(grade).partial(),
  colour: z.strictObject(colour).partial(),
  score: z.strictObject(score).partial(),
  consequences: z.strictObject(consequences).partial(),
  harm: z.strictObject(harm).partial(),
  remedies: z.strictObject(remedies).partial(),
  enabled: z.array(z.enum(MEASURES_WITHOUT_BASIS)),
} satisfies Shape<Omit<CreditPolicy, 'version'>>;

/** Parts of the definitions of credit as they are published; what is left out stays as it is below. */
export const creditPolicyBody = z
  .strictObject(parts)
  .partial()
  .refine((body) => Object.keys(body).length > 0, { message: 'at least one definition is needed' })
  .meta({ id: 'CreditPolicyBody' });
