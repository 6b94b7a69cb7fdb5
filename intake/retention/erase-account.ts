import { lockAccount } from '../../db/accounts/lock-account.ts';
import { appendAudit } from '../../db/audit/append-audit.ts';
import { json, type Tx } from '../../db/database.ts';
import { eraseSealed } from '../../db/retention/erase-sealed.ts';
import { ownProofs, readErasureFacts } from '../../db/retention/read-erasure-facts.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { mayEraseAccount } from '../../rules/retention/may-erase-account.ts';
import type { Reason } from '../../rules/verdict.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { deskNowMs } from '../desk/keep-desk-record.ts';

/** What was, or on a dry run would be, forgotten. */
export interface Erasure {
  readonly accountId: string;
  readonly outcome: 'erased' | 'would-be-erased' | 'kept' | 'erased-before';
  /** Why it is kept. */
  readonly reasons: readonly Reason[];
  readonly rows: Readonly<Record<string, number>>;
  /** Proof files of nobody else, to be removed from the blob store. */
  readonly proofs: readonly string[];
}

/** Everything of the account that is not sealed and still leads to a person. */
async function forgetTheRest(tx: Tx, accountId: string, at: string): Promise<void> {
  await tx.run(
    `update accounts set account_no = 'erased/' || account_id, phone_hash = null, file_fingerprint = null, erased_at = $2
      where account_id = $1`,
    [accountId, at],
  );
  await tx.run('delete from account_search where account_id = $1', [accountId]);
  await tx.run(
    'update agreed_addresses set revoked_on = coalesce(revoked_on, $2::date) where account_id = $1',
    [accountId, at],
  );
}

/**
 * Erases name, phone, addresses, texts and proofs of an account where the law allows it (L9, K4.3); what was done stays, without the
 * person: ids, sums, days, decisions and the audit chain. A dry run only says. @throws IntakeRefused `unknown-account` (404)
 */
export function eraseAccount(
  intake: Intake,
  order: { accountId: string; by: string; dryRun: boolean },
): Promise<Erasure> {
  const { accountId, by, dryRun } = order;
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await lockAccount(tx, { accountId });
    const facts = await readErasureFacts(tx, accountId);
    if (account === undefined || facts === undefined) throw new IntakeRefused('unknown-account', 404);
    const answer = { accountId, reasons: [], rows: {}, proofs: [] };
    if (facts.erasedAt !== null) return { ...answer, outcome: 'erased-before' };
    const nowMs = await deskNowMs(tx);
    const verdict = mayEraseAccount({ ...facts, today: civilDateAt(nowMs) });
    if (verdict.outcome !== 'permitted') return { ...answer, outcome: 'kept', reasons: verdict.reasons };
    const proofs = await ownProofs(tx, accountId);
    if (dryRun) return { ...answer, outcome: 'would-be-erased', proofs };
    const rows = await eraseSealed(tx, intake.vault, accountId);
    const at = new Date(nowMs).toISOString();
    await forgetTheRest(tx, accountId, at);
    await tx.run(
      `insert into erasures (account_id, company_id, centre_id, erased_by, rows_erased, proofs) values ($1, $2, $3, $4, $5, $6)`,
      [accountId, account.companyId, account.centreId, by, json(rows), proofs],
    );
    await appendAudit(tx, {
      ...{ companyId: account.companyId, chainId: accountId, actor: by, action: 'account.erased' },
      ...{ body: { accountId, rows, proofs: proofs.length }, occurredAt: at },
    });
    return { accountId, outcome: 'erased', reasons: [], rows, proofs };
  });
}
