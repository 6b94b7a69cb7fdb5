import { RULEBOOK_VERSION } from '../../rules/parameters/law.ts';
import type { Reason } from '../../rules/verdict.ts';
import { json, type Tx } from '../database.ts';

/** A decision beside the facts that it rests on. */
export interface DecisionToStore {
  companyId: string;
  centreId: string;
  accountId: string;
  caseId: string;
  /** Asked twice under one key, decided once. */
  key: string;
  question: string;
  outcome: 'permitted' | 'refused' | 'undetermined';
  reasons: readonly Reason[];
  missing: readonly Reason[];
  /** Ids, numbers and dates only. */
  facts: unknown;
  policyVersion: string;
  occurredAt: string;
}

/** Stores a decision with its facts and the version of the rules; the same key twice is one decision. */
export async function storeDecision(tx: Tx, decision: DecisionToStore): Promise<void> {
  await tx.run(
    `insert into decisions (decision_id, decision_key, company_id, centre_id, account_id, case_id, question, outcome, reasons,
                            missing, facts, rulebook_version, policy_version, occurred_at)
     values ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (decision_key) do nothing`,
    [
      decision.key,
      decision.companyId,
      decision.centreId,
      decision.accountId,
      decision.caseId,
      decision.question,
      decision.outcome,
      json(decision.reasons),
      json(decision.missing),
      json(decision.facts),
      RULEBOOK_VERSION,
      decision.policyVersion,
      decision.occurredAt,
    ],
  );
}
