import type { ColourCode } from './colour-of.ts';
import { colourReason, explainScore, gradeReason, type Sentence } from './explain.ts';
import type { CreditFacts } from './facts.ts';
import type { GradeCode } from './grade-of.ts';
import type { CreditPolicy } from './policy.ts';
import type { Scheme, ScoreGrade } from './scheme.ts';
import type { Scored } from './score-of.ts';

/** A move from one standing to another, with the judgement it rests on. */
export interface MoveToExplain {
  readonly scheme: Scheme;
  readonly to: string;
  readonly code: string;
  /** Of a grade or colour; null = the line is not there. */
  readonly facts: CreditFacts | null;
  /** Of a score. */
  readonly scored: (Scored & { readonly finalCenti: number }) | null;
}

/** Why somebody is moved, in a sentence with their own figures (K3, K8.1, L7). */
export function explainMove(move: MoveToExplain, policy: CreditPolicy): Sentence {
  const { scheme, facts, scored } = move;
  if (scheme === 'score' && scored !== null)
    return explainScore(move.to as ScoreGrade, scored, scored.finalCenti);
  if (facts === null) return { zh: move.code, en: move.code };
  return scheme === 'colour'
    ? colourReason(move.code as ColourCode, facts, policy)
    : gradeReason(move.code as GradeCode, facts, policy);
}
