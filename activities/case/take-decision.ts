import { readDecision, storeDecision, type StoredDecision } from '../../db/facts/decisions.ts';
import type { Tx } from '../../db/database.ts';
import { appendAudit } from '../../db/audit/append-audit.ts';
import type { StopFacts } from '../../rules/stop/facts.ts';
import type { Reason, Verdict } from '../../rules/verdict.ts';
import type { AnswerReason } from '../../workflows/messages.ts';
import type { CaseMoment, StepAnswer } from '../contract.ts';
import { iso } from '../deps.ts';

/** Facts as a decision keeps them: the policy itself stands in the case. */
export const asKept = ({ policy, ...facts }: StopFacts): { facts: object; policyVersion: string } => ({
  facts: { ...facts, policy: policy.version },
  policyVersion: policy.version,
});

/** One decision under its key: stored with its facts, said in the history of the case (idea 3). */
export async function takeDecision(
  tx: Tx,
  at: CaseMoment,
  decision: { key: string; question: string; verdict: Verdict; facts: StopFacts },
): Promise<StoredDecision> {
  const stored = await storeDecision(tx, { ...at, ...decision, ...asKept(decision.facts) });
  await appendAudit(tx, {
    companyId: at.companyId,
    chainId: at.caseId,
    actor: 'fudian',
    action: 'decision.taken',
    body: {
      decisionId: stored.decisionId,
      question: decision.question,
      attempt: at.attempt,
      outcome: stored.outcome,
      reasons: [...stored.reasons, ...stored.missing].map((reason) => reason.code),
    },
    occurredAt: iso(at.nowMs),
  });
  return stored;
}

/** The stored verdict under the key, or a new one: asked twice, a decision answers the same. */
export async function decideOnce(
  tx: Tx,
  at: CaseMoment,
  decision: { key: string; question: string; judge: () => Promise<{ verdict: Verdict; facts: StopFacts }> },
): Promise<{ stored: StoredDecision; isNew: boolean }> {
  const before = await readDecision(tx, decision.key);
  if (before !== undefined) return { stored: before, isNew: false };
  const judged = await decision.judge();
  return { stored: await takeDecision(tx, at, { ...decision, ...judged }), isNew: true };
}

export const answerReasons = (reasons: readonly Reason[]): AnswerReason[] =>
  reasons.map(({ code, clause, params }) => ({
    code,
    clause,
    ...(params === undefined ? {} : { params: { ...params } }),
  }));

/** A decision as the procedure hears it: what refuses comes before what is unknown. */
export const answerOf = (stored: StoredDecision): StepAnswer => ({
  outcome: stored.outcome,
  reasons: answerReasons([...stored.reasons, ...stored.missing]),
});
