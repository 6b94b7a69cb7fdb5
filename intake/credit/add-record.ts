import { randomUUID } from 'node:crypto';
import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { civilDate, compareDates, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { recordFaults, type RecordKind, type RecordOutcome } from '../../rules/credit/record-faults.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount, type AccountInHand } from '../take-account.ts';
import { mendHarm } from './objections/mend-harm.ts';
import { judgeNow } from './judge-now.ts';

/** Something that counts for or against a customer (K4.1, G2.1). */
export interface RecordFact {
  kind: RecordKind;
  /** Civil date. */
  occurredOn: string;
  outcome?: RecordOutcome;
  /** Number of the decision that establishes a theft or a violation; without it the record is kept and does not count. */
  decisionNo?: string;
  description: string;
  source: 'own' | 'authority' | 'customer';
  sourceName: string;
  /** The source's own number of it: the same again is the same record. */
  sourceRef: string;
  legalBasis?: string;
  /** Record that this one corrects. */
  replaces?: string;
  by: string;
}

const dayOf = (text: string): CivilDate => {
  try {
    return civilDate(text);
  } catch {
    throw new IntakeRefused('not-a-date', 422, { on: text });
  }
};

/** Stores a record once under its source's number, in the caller's transaction. @throws IntakeRefused with the rule's code (422) */
export async function storeRecord(
  tx: Tx,
  vault: Vault,
  account: AccountInHand,
  fact: RecordFact & { importId?: string },
): Promise<{ recordId: string; isNew: boolean; confirmed: boolean }> {
  const occurredOn = dayOf(fact.occurredOn);
  if (compareDates(occurredOn, civilDateAt(account.nowMs)) > 0)
    throw new IntakeRefused('record-in-the-future', 422, { on: occurredOn });
  const [fault] = recordFaults(fact);
  if (fault !== undefined) throw new IntakeRefused(fault, 422);
  const isOffence = fact.kind === 'theft' || fact.kind === 'violation';
  const confirmed = !isOffence || (fact.decisionNo ?? '') !== '';
  if (fact.replaces !== undefined) {
    const before = await tx.row<{ account_id: string }>(
      'select account_id from credit_records where record_id = $1',
      [fact.replaces],
    );
    if (before?.account_id !== account.accountId)
      throw new IntakeRefused('unknown-record', 404, { what: 'record' });
  }
  const recordId = `record-${randomUUID()}`;
  const stored = await tx.row<{ record_id: string }>(
    `insert into credit_records (record_id, company_id, centre_id, account_id, kind, occurred_on, confirmed, decision_no, outcome,
                                 detail_enc, source, source_name, source_ref, legal_basis, replaces, import_id, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
     on conflict (company_id, source_name, source_ref) do nothing returning record_id`,
    [
      ...[recordId, account.companyId, account.centreId, account.accountId, fact.kind, occurredOn, confirmed],
      ...[fact.decisionNo ?? null, fact.outcome ?? null, vault.sealJson({ description: fact.description })],
      ...[fact.source, fact.sourceName, fact.sourceRef, fact.legalBasis ?? null, fact.replaces ?? null],
      ...[fact.importId ?? null, fact.by],
    ],
  );
  if (stored === undefined) {
    const known = await tx.row<{ record_id: string; account_id: string; kind: string; occurred_on: string }>(
      `select record_id, account_id, kind, occurred_on from credit_records where company_id = $1 and source_name = $2 and source_ref = $3`,
      [account.companyId, fact.sourceName, fact.sourceRef],
    );
    const isSame =
      known?.account_id === account.accountId && known.kind === fact.kind && known.occurred_on === occurredOn;
    if (known === undefined || !isSame) throw new IntakeRefused('record-differs', 409);
    return { recordId: known.record_id, isNew: false, confirmed };
  }
  await keepRecord(tx, account, {
    action: 'credit.record-added',
    factId: recordId,
    ...{ actor: fact.by, occurredAt: new Date(account.nowMs).toISOString() },
    body: {
      recordId,
      kind: fact.kind,
      occurredOn,
      confirmed,
      source: fact.source,
      outcome: fact.outcome ?? null,
    },
  });
  return { recordId, isNew: true, confirmed };
}

/**
 * Takes in a theft, violation, inspection, co-operation or outside record, and judges the customer anew at once (K4.3, K5.3).
 * @throws IntakeRefused `unknown-account` (404), `record-differs` (409), `not-a-date`, `record-in-the-future`, a rule's code (422)
 */
export function addRecord(
  intake: Intake,
  fact: RecordFact & { accountNo: string },
): Promise<{ recordId: string; counts: boolean; queued: number }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const { recordId, isNew, confirmed } = await storeRecord(tx, intake.vault, account, fact);
    const judged =
      isNew && confirmed ? await judgeNow(tx, { ...account, cause: 'major-change' }) : { queued: 0 };
    return { recordId, counts: confirmed, queued: judged.queued };
  });
}

/**
 * A record that was wrong stays in the file and counts no more; whoever entered it does not annul it. The customer is judged anew.
 * @throws IntakeRefused `unknown-record` (404), `four-eyes` (409)
 */
export function annulRecord(
  intake: Intake,
  fact: {
    recordId: string;
    cause: 'mistake' | 'objection-upheld' | 'wrongful-stop' | 'decision-withdrawn';
    reason: string;
    by: string;
  },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const record = await tx.row<{ account_id: string; recorded_by: string }>(
      'select account_id, recorded_by from credit_records where record_id = $1',
      [fact.recordId],
    );
    if (record === undefined) throw new IntakeRefused('unknown-record', 404, { what: 'record' });
    if (record.recorded_by === fact.by) throw new IntakeRefused('four-eyes', 409);
    const account = await takeAccount(tx, { accountId: record.account_id });
    const isNew = await tx.run(
      `insert into credit_annulments (record_id, company_id, centre_id, account_id, cause, reason_enc, annulled_by)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [
        ...[fact.recordId, account.companyId, account.centreId, account.accountId, fact.cause],
        ...[intake.vault.seal(fact.reason), fact.by],
      ],
    );
    if (isNew === 0) return;
    await keepRecord(tx, account, {
      action: 'credit.record-annulled',
      factId: fact.recordId,
      ...{ actor: fact.by, occurredAt: new Date(account.nowMs).toISOString() },
      body: { recordId: fact.recordId, cause: fact.cause },
    });
    const { recordId, cause, reason, by } = fact;
    await mendHarm(tx, intake.vault, account, { factId: recordId, cause, recordIds: [recordId], reason, by });
  });
}
