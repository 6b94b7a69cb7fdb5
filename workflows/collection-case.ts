import {
  allHandlersFinished,
  CancellationScope,
  condition,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import { caseContext, CaseEnds, type CaseContext } from './case/context.ts';
import { firstDunning } from './case/first-dunning.ts';
import { stopAttempts } from './case/stop-attempt.ts';
import { listenForPermitRequests } from './case/carry-out.ts';
import {
  DECIDE_APPROVAL,
  WITHDRAW,
  type ApprovalAnswer,
  type CaseInput,
  type CaseOutcome,
  type DecideApproval,
  type Withdraw,
} from './messages.ts';

const decideApprovalUpdate = defineUpdate<ApprovalAnswer, [DecideApproval]>(DECIDE_APPROVAL);
const withdrawUpdate = defineUpdate<{ accepted: true }, [Withdraw]>(WITHDRAW);

function listenForCommands(c: CaseContext): void {
  setHandler(
    decideApprovalUpdate,
    async (command) => {
      const answer = await c.own.decideApproval({ ...c.moment(), ...command });
      c.wake();
      return answer;
    },
    {
      validator: (_command: DecideApproval) => {
        if (c.stage !== 'approval') throw new Error('no-approval-pending');
      },
    },
  );
  setHandler(withdrawUpdate, (command) => {
    c.withdrawn ??= `${command.by}: ${command.reason}`;
    return { accepted: true };
  });
  listenForPermitRequests(c);
}

/** The collection of one account's arrears, from the first reminder to payment, withdrawal or the executed stop. */
export async function collectionCase(input: CaseInput): Promise<CaseOutcome> {
  const c = caseContext(input);
  listenForCommands(c);
  const opened = await c.own.openCase({ ...input, nowMs: c.nowMs() });
  try {
    if (input.resumeAfterAttempt) await resume(c, input.resumeAfterAttempt);
    else await firstDunning(c, opened.dunningAtMs);
    return await stopAttempts(c);
  } catch (error) {
    if (!(error instanceof CaseEnds)) throw error;
    return await close(c, error);
  }
}

/** The workflow was lost and is started anew: the attempt it stood in slips, and the next one begins (L2.ntc). */
async function resume(c: CaseContext, attempt: number): Promise<void> {
  c.attempt = attempt;
  c.stage = 'held';
  await c.own.slipAttempt({ ...c.moment(), reason: 'workflow-lost' });
}

/** Closes the books of the case; a command under way is answered first. */
async function close(c: CaseContext, end: CaseEnds): Promise<CaseOutcome> {
  await CancellationScope.nonCancellable(async () => {
    await c.own.closeCase({ ...c.moment(), outcome: end.outcome, reason: end.why });
    c.stage = end.outcome === 'stopped' ? 'stopped' : 'closed';
    await condition(allHandlersFinished);
  });
  return end.outcome;
}
