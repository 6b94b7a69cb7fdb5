/** The four letters of the supplier's own scheme (G1), the best first. */
export const GRADES = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof GRADES)[number];

/** The five grades of the score (K5.2): 优秀 良好 一般 较差 差, the best first. */
export const SCORE_GRADES = ['excellent', 'good', 'fair', 'poor', 'bad'] as const;
export type ScoreGrade = (typeof SCORE_GRADES)[number];

/** The five colours of the district (H1), the best first; green and blue are trusted. */
export const COLOURS = ['green', 'blue', 'yellow', 'red', 'black'] as const;
export type Colour = (typeof COLOURS)[number];

export type Scheme = 'grade' | 'score' | 'colour';
export type Standing = Grade | ScoreGrade | Colour;

const ORDERS: readonly (readonly Standing[])[] = [GRADES, SCORE_GRADES, COLOURS];

/** Place of a grade in its own scheme, 0 = the best. @throws RangeError for a word of no scheme */
export function placeOf(value: Standing): number {
  const order = ORDERS.find((one) => one.includes(value));
  if (order === undefined) throw new RangeError(`not a grade: ${String(value)}`);
  return order.indexOf(value);
}

/** Whether a customer is worse off after the move. */
export const isWorse = (from: Standing, to: Standing): boolean => placeOf(to) > placeOf(from);
