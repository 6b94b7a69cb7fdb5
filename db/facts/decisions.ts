import { randomUUID } from 'node:crypto';
import { RULEBOOK_VERSION } from '../../rules/parameters/law.ts';
import type { Reason, Verdict } from '../../rules/verdict.ts';
import { json, type Tx } from '../database.ts';

/** A decision as stored: it never changes. */
export interface StoredDecision {
  decisionId: string;
  outcome: Verdict['outcome'];
  reasons: Reason[];
  missing: Reason[];
}

export interface NewDecision {
  companyId: string;
  centreId: string;
  accountId: string;
  caseId: string;
  /** One decision, however often it is asked. */
  key: string;
  /** What was asked, e.g. `may-stop:T-30`. */
  question: string;
  verdict: Verdict;
  /** What it rests on: ids, numbers and dates only. */
  facts: object;
  policyVersion: string;
  nowMs: number;
}

/** The decision stored under a key, if it was taken. */
export function readDecision(tx: Tx, key: string): Promise<StoredDecision | undefined> {
  return tx.row<StoredDecision>(
    `select decision_id as "decisionId", outcome, reasons, missing from decisions where decision_key = $1`,
    [key],
  );
}

/** Stores a decision with its facts and the version of the rules; under a key there is one decision, the first. */
export async function storeDecision(tx: Tx, decision: NewDecision): Promise<StoredDecision> {
  const { verdict, facts } = decision;
  const stored: StoredDecision = {
    decisionId: randomUUID(),
    outcome: verdict.outcome,
    reasons: verdict.outcome === 'permitted' ? [] : [...verdict.reasons],
    missing: verdict.outcome === 'undetermined' ? [...verdict.missing] : [],
  };
  await tx.run(
    `insert into decisions (decision_id, company_id, centre_id, account_id, case_id, decision_key, question, outcome, reasons,
                            missing, facts, rulebook_version, policy_version, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (decision_key) do nothing`,
    [
      stored.decisionId,
      decision.companyId,
      decision.centreId,
      decision.accountId,
      decision.caseId,
      decision.key,
      decision.question,
      stored.outcome,
      json(stored.reasons),
      json(stored.missing),
      json(facts),
      RULEBOOK_VERSION,
      decision.policyVersion,
      new Date(decision.nowMs).toISOString(),
    ],
  );
  return stored;
}
