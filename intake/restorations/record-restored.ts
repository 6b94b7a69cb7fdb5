import { json } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import { isSupplyProven, type SupplyProof } from '../../rules/restore/is-supply-proven.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { oweExplanation } from './owe-explanation.ts';
import { boundedTime, factTime, takeAccount } from '../take-account.ts';

/** What somebody offers as proof that supply is back at a stopped account. */
export interface RestoredFact {
  stopId: string;
  /** Person or crew id, `remote`, `customer`. */
  by: string;
  proof: SupplyProof;
  /** SHA-256 of photos. */
  proofs?: readonly string[];
  /** ISO, case time; now where it is left out. */
  occurredAt?: string;
}

/**
 * Closes a stop on proof of supply (T3.3): voltage, or the customer's 灯亮了. A closed relay alone is refused. Told twice it
 * changes nothing. @throws IntakeRefused `unknown-stop` (404), `supply-not-proven` (422)
 */
export function recordRestored(intake: Intake, fact: RestoredFact): Promise<{ restoredAt: string }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string; case_id: string | null }>(
      'select account_id, case_id from stops where stop_id = $1',
      [fact.stopId],
    );
    if (of === undefined) throw new IntakeRefused('unknown-stop', 404, { stopId: fact.stopId });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const verdict = isSupplyProven(fact.proof);
    if (verdict.outcome !== 'permitted') {
      const reasons = verdict.outcome === 'refused' ? verdict.reasons : verdict.missing;
      throw new IntakeRefused('supply-not-proven', 422, { reason: reasons[0]?.code ?? verdict.outcome });
    }
    const stop = await tx.row<{ restored_at: string | null; occurred_at: string }>(
      'select restored_at, occurred_at from stops where stop_id = $1',
      [fact.stopId],
    );
    if (stop === undefined) throw new IntakeRefused('unknown-stop', 404, { stopId: fact.stopId });
    if (stop.restored_at !== null) return { restoredAt: stop.restored_at };
    const restoredAt =
      fact.by === 'remote'
        ? factTime(account, fact.occurredAt)
        : boundedTime(account, fact.occurredAt, stop.occurred_at);
    const proof = { ...fact.proof, by: fact.by, proofs: fact.proofs ?? [] };
    await tx.run(`update stops set in_force = false, restored_at = $2 where stop_id = $1`, [
      fact.stopId,
      restoredAt,
    ]);
    const restoration = await tx.row<{ missed: boolean }>(
      `update restorations set status = 'restored', restored_at = $2, proof = $3, next_wake_at = null,
              missed = missed or $2 > deadline_at
        where stop_id = $1 returning missed`,
      [fact.stopId, restoredAt, json(proof)],
    );
    if (restoration?.missed === true) await oweExplanation(tx, { ...account, stopId: fact.stopId });
    await tx.run(
      `update tickets set status = 'done' where stop_id = $1 and kind = 'restore' and status in ('raised', 'dispatched')`,
      [fact.stopId],
    );
    await tx.run(
      `update tasks set done_at = $2, outcome = 'restored' where ref = $1 and done_at is null
          and kind in ('restore-by-hand', 'unsafe-to-restore')`,
      [fact.stopId, restoredAt],
    );
    await putOutbox(tx, account.companyId, {
      kind: 'signal-restore',
      key: `signal-restore/${fact.stopId}/restored`,
      payload: { stopId: fact.stopId, signal: { kind: 'restored', factId: fact.stopId } },
    });
    await putOutbox(tx, account.companyId, {
      kind: 'signal-report',
      key: `signal-report/restoration/${fact.stopId}`,
      payload: {
        subject: 'restoration',
        subjectId: fact.stopId,
        signal: { kind: 'restored', factId: fact.stopId },
      },
    });
    await keepRecord(tx, account, {
      action: 'supply.restored',
      caseId: of.case_id,
      factId: fact.stopId,
      actor: fact.by,
      occurredAt: restoredAt,
      body: { stopId: fact.stopId, proof },
    });
    return { restoredAt };
  });
}
