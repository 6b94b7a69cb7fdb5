import type { Db, Scope, Tx } from '../db/database.ts';
import type { Vault } from '../db/keys/vault.ts';
import type { Stage } from '../workflows/messages.ts';
import type { CaseMoment } from './contract.ts';
import { putOutbox } from '../db/outbox/put-outbox.ts';
import type { Systems } from '../systems/systems.ts';

/** What the acts need: handed in by the assembly, real and test side by side in `worker/assemble.ts`. */
export interface ActivityDeps {
  readonly db: Db;
  readonly vault: Vault;
  readonly systems: Systems;
  /** What the outside world calls us, without a trailing slash. */
  readonly publicUrl: string;
}

/** The worker sees the whole company. */
export const companyScope = (at: { companyId: string }): Scope => ({
  companyId: at.companyId,
  centreIds: '*',
});

/** What an act is told of its case; a restoration's act has no case. */
type Moment = { companyId: string } & Partial<Pick<CaseMoment, 'caseId' | 'attempt' | 'nowMs' | 'inStage'>>;

const ENTER_STAGE = `
update cases set stage = $2, stage_since = $3, attempt = greatest(attempt, $4)
 where case_id = $1 and status = 'open' and (stage <> $2 or attempt < $4)
returning account_id as "accountId"`;

/** People see from now on where the case is, and whoever has subscribed is told. */
async function enterStage(
  tx: Tx,
  at: { companyId: string; caseId: string | undefined; stage: string; attempt: number; occurredAt: string },
): Promise<void> {
  const { companyId, caseId = null, stage, attempt, occurredAt } = at;
  const entered = await tx.row<{ accountId: string }>(ENTER_STAGE, [caseId, stage, occurredAt, attempt]);
  if (entered === undefined) return;
  await putOutbox(tx, companyId, {
    kind: 'webhook',
    key: `webhook/case.stage-entered/${caseId}/${stage}/${attempt}/${occurredAt}`,
    payload: { event: 'case.stage-entered', caseId, ...entered, occurredAt, data: { stage, attempt } },
  });
}

/**
 * One transaction of an act on our own database; people see from it on where the case is. `stageAfter`: where what the act
 * found moves the procedure, so that no second act has to say so; undefined = it stays.
 */
export function act<T>(
  deps: ActivityDeps,
  at: Moment,
  work: (tx: Tx) => Promise<T>,
  stageAfter?: (answer: T) => Stage | undefined,
): Promise<T> {
  const { caseId, inStage, attempt = 0, nowMs = 0 } = at;
  return deps.db.tx(companyScope(at), async (tx) => {
    const answer = await work(tx);
    // Last: the account's lock is always taken before the case's row.
    const stage = inStage === undefined ? undefined : (stageAfter?.(answer) ?? inStage);
    if (stage !== undefined)
      await enterStage(tx, {
        ...{ companyId: at.companyId, caseId, attempt },
        ...{ stage, occurredAt: iso(nowMs) },
      });
    return answer;
  });
}

export const iso = (epochMs: number): string => new Date(epochMs).toISOString();
