import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  caseWorkflowId,
  DECIDE_APPROVAL,
  reconciliationWorkflowId,
  REQUEST_PERMIT,
  TASK_QUEUES,
  WITHDRAW,
  WORKFLOWS,
  type ApprovalAnswer,
  type CaseInput,
  type DecideApproval,
  type PermitAnswer,
  type ReconciliationInput,
  type RequestPermit,
  type Withdraw,
} from '../workflows/messages.ts';
import { Problem } from './http/problem.ts';

/** The procedure as people command it: the only place of the API that speaks to the engine. */
export interface Procedure {
  /** @throws Problem 409 when the account has an open case */
  start(input: CaseInput): Promise<void>;
  decideApproval(accountId: string, command: DecideApproval): Promise<ApprovalAnswer>;
  requestPermit(accountId: string, command: RequestPermit): Promise<PermitAnswer>;
  withdraw(accountId: string, command: Withdraw): Promise<void>;
  /** Starts a comparison of the books with everything around them. */
  reconcile(input: ReconciliationInput & { reconciliationId: string }): Promise<void>;
}

const COMMAND_TIMEOUT_MS = 30_000;

/** The words of a validator are codes; anything else is the engine's own trouble. */
function refusalOf(error: WorkflowUpdateFailedError): Problem {
  const { cause } = error;
  const code = cause instanceof ApplicationFailure ? cause.message || 'refused' : 'refused';
  return new Problem(409, 'refused-by-procedure', { reasons: [{ code, clause: 'T2.0' }] });
}

async function command<T>(work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Problem(503, 'procedure-unreachable', { headers: { 'retry-after': '5' } })),
      COMMAND_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error);
    if (error instanceof WorkflowNotFoundError) throw new Problem(409, 'no-open-case');
    if (error instanceof WorkflowExecutionAlreadyStartedError)
      throw new Problem(409, 'refused-by-procedure', {
        reasons: [{ code: 'case-already-open', clause: 'T2.0' }],
      });
    throw new Problem(503, 'procedure-unreachable', { headers: { 'retry-after': '5' } });
  } finally {
    clearTimeout(timer);
  }
}

export function procedure(client: Client): Procedure {
  const update = <Answer, Command>(accountId: string, name: string, args: Command): Promise<Answer> =>
    command(() =>
      client.workflow
        .getHandle(caseWorkflowId(accountId))
        .executeUpdate<Answer, [Command]>(name, { args: [args] }),
    );
  return {
    start: (input) =>
      command(async () => {
        await client.workflow.start(WORKFLOWS.collectionCase, {
          workflowId: caseWorkflowId(input.accountId),
          taskQueue: TASK_QUEUES.cases,
          args: [input],
          workflowIdConflictPolicy: 'FAIL',
        });
      }),
    decideApproval: (accountId, args) =>
      update<ApprovalAnswer, DecideApproval>(accountId, DECIDE_APPROVAL, args),
    requestPermit: (accountId, args) => update<PermitAnswer, RequestPermit>(accountId, REQUEST_PERMIT, args),
    async withdraw(accountId, args) {
      await update<{ accepted: true }, Withdraw>(accountId, WITHDRAW, args);
    },
    reconcile: (input) =>
      command(async () => {
        await client.workflow.start(WORKFLOWS.reconciliation, {
          workflowId: reconciliationWorkflowId(input.reconciliationId),
          taskQueue: TASK_QUEUES.cases,
          args: [input],
        });
      }),
  };
}
