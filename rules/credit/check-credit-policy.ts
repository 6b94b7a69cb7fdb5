import type { Reason } from '../verdict.ts';
import type { CreditPolicy } from './policy.ts';

const fault = (name: string, value: number, clause: string, code = 'credit-policy-out-of-order'): Reason => ({
  code,
  clause,
  params: { name, value },
});

/** Every leaf that is a number has to be a whole one, not below 0. */
function numberFaults(tree: object, path: string): Reason[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'object' && value !== null) return numberFaults(value, name);
    if (typeof value !== 'number' || (Number.isSafeInteger(value) && value >= 0)) return [];
    return [fault(name, value, 'K3', 'policy-not-a-whole-number')];
  });
}

/** Everything for which definitions of credit may not be published: against a clause, or without sense. Empty = sound. */
export function checkCreditPolicy(policy: CreditPolicy): Reason[] {
  const { grade, colour, score, consequences: c, harm, remedies } = policy;
  const { excellent, good, fair, poor } = score.thresholds;
  const weights = Object.values(score.weights).reduce((sum, weight) => sum + weight, 0);
  const wrong: readonly (readonly [boolean, string, number, string])[] = [
    [grade.twoMonthsDays <= grade.oneMonthDays, 'grade.twoMonthsDays', grade.twoMonthsDays, 'G1.D'],
    // The text says "more than one month": a shorter month would be stricter than the text allows.
    [grade.oneMonthDays < 30, 'grade.oneMonthDays', grade.oneMonthDays, 'G1.C'],
    [grade.offenceYears !== 3, 'grade.offenceYears', grade.offenceYears, 'G1.A'],
    [grade.yearMonths < 1, 'grade.yearMonths', grade.yearMonths, 'G1.A'],
    [
      colour.red.arrearsDays <= colour.yellow.arrearsDays,
      'colour.red.arrearsDays',
      colour.red.arrearsDays,
      'H1',
    ],
    [
      colour.black.arrearsDays <= colour.red.arrearsDays,
      'colour.black.arrearsDays',
      colour.black.arrearsDays,
      'H1',
    ],
    [weights !== 100, 'score.weights', weights, 'K5.2'],
    [!(excellent > good && good > fair && fair > poor && poor > 0), 'score.thresholds', excellent, 'K5.2'],
    [excellent > 100, 'score.thresholds.excellent', excellent, 'K5.2'],
    [c.prepaymentYuanPerKva > 100, 'consequences.prepaymentYuanPerKva', c.prepaymentYuanPerKva, 'G3.C'],
    [
      Object.values(c.prepaymentSharePercent).some((share) => share > 100),
      'consequences.prepaymentSharePercent',
      Math.max(...Object.values(c.prepaymentSharePercent)),
      'G3.C',
    ],
    [c.offerWorkingDays < 15, 'consequences.offerWorkingDays', c.offerWorkingDays, 'G3.C'],
    [c.inspectionMonths < 12, 'consequences.inspectionMonths', c.inspectionMonths, 'G3.D'],
    [c.drawPermille < 100 || c.drawPermille > 1000, 'consequences.drawPermille', c.drawPermille, 'G3.5'],
    [!harm.grades.includes('C') || !harm.grades.includes('D'), 'harm.grades', harm.grades.length, 'L7'],
    [
      !harm.colours.includes('red') || !harm.colours.includes('black'),
      'harm.colours',
      harm.colours.length,
      'L7',
    ],
    [
      !harm.scoreGrades.includes('poor') || !harm.scoreGrades.includes('bad'),
      'harm.scoreGrades',
      harm.scoreGrades.length,
      'L7',
    ],
    [harm.replyDays < 1, 'harm.replyDays', harm.replyDays, 'L7'],
    [remedies.cleanMonths < 1, 'remedies.cleanMonths', remedies.cleanMonths, 'K7.1'],
    [
      remedies.publicationNoticeDays < 1,
      'remedies.publicationNoticeDays',
      remedies.publicationNoticeDays,
      'L6',
    ],
    [remedies.objectionWorkingDays > 3, 'remedies.objectionWorkingDays', remedies.objectionWorkingDays, 'L5'],
    [
      remedies.outsideCheckWorkingDays > 7,
      'remedies.outsideCheckWorkingDays',
      remedies.outsideCheckWorkingDays,
      'L5',
    ],
  ];
  return [
    ...numberFaults(policy, ''),
    ...wrong.filter(([isWrong]) => isWrong).map(([, name, value, clause]) => fault(name, value, clause)),
  ];
}
