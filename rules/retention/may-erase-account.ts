import { addDays, addMonths, type CivilDate } from '../calendar/civil-date.ts';
import { retentionAt } from '../parameters/retention.ts';
import { verdictOf, type Reason, type Verdict } from '../verdict.ts';

/** What the books say of an account whose people shall be forgotten. */
export interface ErasureFacts {
  readonly today: CivilDate;
  /** null: still a customer. */
  readonly movedOutOn: CivilDate | null;
  readonly openBills: number;
  readonly openCases: number;
  readonly stopsInForce: number;
  /** Holds, incidents, objections and repairs that somebody still has to decide. */
  readonly openMatters: number;
  /** Day of the last demand, payment, stop, restoration or decision. */
  readonly lastActOn: CivilDate | null;
}

const MONTHS = 12;

/** The first day on which the evidence of an account is not needed any more (L9). */
export function keptUntil(lastActOn: CivilDate): CivilDate {
  const years = retentionAt(lastActOn).evidenceYears;
  return addDays(addMonths(lastActOn, years * MONTHS), 1);
}

/** Whether name, phone, address and proofs of an account may be erased: only what no law and no open matter needs (L9, K4.3). */
export function mayEraseAccount(facts: ErasureFacts): Verdict {
  const reasons: Reason[] = [];
  const refuse = (code: string, params: Record<string, string | number> = {}): void => {
    reasons.push({ code, clause: 'L9', params });
  };
  if (facts.movedOutOn === null || facts.movedOutOn > facts.today) refuse('still-a-customer');
  if (facts.openBills > 0) refuse('debt-still-open', { bills: facts.openBills });
  if (facts.openCases > 0) refuse('case-still-open');
  if (facts.stopsInForce > 0) refuse('stop-still-in-force');
  if (facts.openMatters > 0) refuse('matter-still-open', { matters: facts.openMatters });
  const until = facts.lastActOn === null ? null : keptUntil(facts.lastActOn);
  if (until !== null && until > facts.today) refuse('evidence-still-needed', { until });
  return verdictOf(reasons, []);
}
