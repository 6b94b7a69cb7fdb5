import { listenForPermitRequests } from '../../../workflows/case/carry-out.ts';
import { caseContext } from '../../../workflows/case/context.ts';
import { firstDunning } from '../../../workflows/case/first-dunning.ts';
import { stopAttempts } from '../../../workflows/case/stop-attempt.ts';
import type { CaseInput, CaseOutcome } from '../../../workflows/messages.ts';

/** Chooses the stop day before anybody has been reminded: no recorded history may replay on this. */
export async function planFirst(input: CaseInput): Promise<CaseOutcome> {
  const c = caseContext(input);
  listenForPermitRequests(c);
  const opened = await c.own.openCase({ ...input, nowMs: c.nowMs() });
  await c.own.planStop(c.moment());
  await firstDunning(c, opened.dunningAtMs);
  return stopAttempts(c);
}
