import { expect } from 'vitest';
import { reasonText } from '../../../../rules/reasons/reason-text.ts';
import type { StopFacts, StopStage } from '../../../../rules/stop/facts.ts';
import { mayStop } from '../../../../rules/stop/may-stop.ts';
import type { Reason, Verdict } from '../../../../rules/verdict.ts';

const said = (verdict: Verdict): Reason[] =>
  verdict.outcome === 'permitted'
    ? []
    : [...verdict.reasons, ...(verdict.outcome === 'undetermined' ? verdict.missing : [])];

/** Outcome and codes; on the way every reason is put into words with nothing left open. */
export function judge(facts: StopFacts, stage: StopStage): string {
  const verdict = mayStop(facts, stage);
  for (const reason of said(verdict))
    for (const locale of ['zh', 'en'] as const) expect(reasonText(reason, locale)).not.toContain('—');
  return [verdict.outcome, ...said(verdict).map((reason) => reason.code)].join(' ');
}
