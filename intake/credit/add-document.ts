import { randomUUID } from 'node:crypto';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';

/** A paper of the credit file; its bytes lie in the blob store under their hash (K4.2). */
export interface DocumentFact {
  accountNo: string;
  kind: string;
  sha256: string;
  note: string;
  handedInBy: 'customer' | 'authority' | 'staff';
  by: string;
}

/** @throws IntakeRefused `unknown-account` (404) */
export function addDocument(intake: Intake, fact: DocumentFact): Promise<{ documentId: string }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const documentId = `document-${randomUUID()}`;
    const occurredAt = new Date(account.nowMs).toISOString();
    await tx.run(
      `insert into credit_documents (document_id, company_id, centre_id, account_id, kind, sha256, note_enc, handed_in_by, occurred_at,
                                     recorded_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[documentId, account.companyId, account.centreId, account.accountId, fact.kind, fact.sha256],
        ...[intake.vault.seal(fact.note), fact.handedInBy, occurredAt, fact.by],
      ],
    );
    await keepRecord(tx, account, {
      action: 'credit.document-added',
      factId: documentId,
      ...{ actor: fact.by, occurredAt, silent: true },
      body: { documentId, kind: fact.kind, sha256: fact.sha256 },
    });
    return { documentId };
  });
}

/**
 * Two accounts of one customer become one from a day on: what both did counts for the one that stays. Both are judged anew.
 * @throws IntakeRefused `unknown-account` (404), `already-merged`, `merge-in-a-circle`, `other-customer` (409)
 */
export function mergeAccounts(
  intake: Intake,
  fact: { fromAccountNo: string; intoAccountNo: string; reason: string; by: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const from = await takeAccount(tx, { accountNo: fact.fromAccountNo });
    const into = await takeAccount(tx, { accountNo: fact.intoAccountNo });
    if (from.accountId === into.accountId) throw new IntakeRefused('merge-in-a-circle', 409);
    const gone = await tx.row('select 1 from account_merges where from_account = $1', [into.accountId]);
    if (gone !== undefined) throw new IntakeRefused('merge-in-a-circle', 409);
    const stored = await tx.run(
      `insert into account_merges (company_id, centre_id, from_account, into_account, merged_on, reason, merged_by)
       values ($1, $2, $3, $4, ($5::timestamptz at time zone 'Asia/Shanghai')::date, $6, $7) on conflict do nothing`,
      [
        ...[into.companyId, into.centreId, from.accountId, into.accountId],
        ...[new Date(into.nowMs).toISOString(), fact.reason, fact.by],
      ],
    );
    if (stored === 0) throw new IntakeRefused('already-merged', 409);
    for (const account of [from, into])
      await tx.run(
        `insert into credit_due (company_id, centre_id, account_id, cause) values ($1, $2, $3, 'merged')`,
        [account.companyId, account.centreId, account.accountId],
      );
    await keepRecord(tx, into, {
      action: 'credit.accounts-merged',
      factId: from.accountId,
      ...{ actor: fact.by, occurredAt: new Date(into.nowMs).toISOString() },
      body: { fromAccountId: from.accountId, intoAccountId: into.accountId },
    });
  });
}
