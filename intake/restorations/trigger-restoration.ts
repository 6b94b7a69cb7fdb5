import type { Tx } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import type { TriggerKind } from '../../rules/restore/trigger-kind.ts';
import { keepRecord } from '../keep-record.ts';
import type { AccountInHand } from '../take-account.ts';
import { keepEarliestCause } from './keep-earliest-cause.ts';

export interface Trigger {
  stopId: string;
  kind: TriggerKind;
  /** The fact that makes it due; the same fact triggers once. */
  factId: string;
  /** The cause's own time (of a payment the channel's), ISO, case time. */
  occurredAt: string;
}

/**
 * A trigger of L3: first a row, then the outbox starts the restoration or tells the running one. No trigger is lost, none
 * starts a second restoration. The caller holds the account's lock.
 */
export async function triggerRestoration(tx: Tx, account: AccountInHand, trigger: Trigger): Promise<void> {
  const triggerId = `trigger/${trigger.stopId}/${trigger.kind}/${trigger.factId}`;
  const stored = await tx.run(
    `insert into restoration_triggers (trigger_id, company_id, centre_id, stop_id, kind, fact_id, occurred_at)
     select $1, company_id, centre_id, stop_id, $3, $4, $5 from stops where stop_id = $2 and in_force
     on conflict do nothing`,
    [triggerId, trigger.stopId, trigger.kind, trigger.factId, trigger.occurredAt],
  );
  if (stored === 0) return;
  await keepEarliestCause(tx, trigger.stopId);
  const { companyId, centreId, accountId } = account;
  const of = await tx.row<{ case_id: string | null }>('select case_id from stops where stop_id = $1', [
    trigger.stopId,
  ]);
  await putOutbox(tx, companyId, {
    kind: 'start-restore',
    key: `start-restore/${triggerId}`,
    payload: {
      input: { companyId, centreId, accountId, stopId: trigger.stopId },
      signal: { kind: trigger.kind, factId: trigger.factId },
    },
  });
  await keepRecord(tx, account, {
    action: 'restoration.owed',
    caseId: of?.case_id ?? null,
    factId: triggerId,
    actor: 'fudian',
    occurredAt: trigger.occurredAt,
    body: { stopId: trigger.stopId, kind: trigger.kind, factId: trigger.factId },
  });
}
