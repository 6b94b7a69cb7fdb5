import type { Tx } from '../../db/database.ts';
import { codeText, isFirmCode, isSocialCreditCode } from '../../rules/credit/social-credit-code.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';

/** Who a customer is, as the credit file keeps it (K4.1, H3). */
export interface Identity {
  legalName: string;
  socialCreditCode?: string;
  /** Kind and number of another paper, where there is no code. */
  idDocument?: string;
  representative?: string;
  registeredAddress?: string;
  industry?: string;
  scale?: string;
  classification?: string;
  note?: string;
}

export interface IdentityFact {
  accountNo: string;
  partyKind: 'person' | 'firm' | null;
  /** Somebody has seen the licence or the identity card. */
  verified: boolean;
  identity: Identity;
  source: 'own' | 'authority' | 'customer';
  reason: string;
  by: string;
}

/** @throws IntakeRefused `not-a-social-credit-code`, `firm-needs-code`, `sole-trader-is-a-person` (422) */
function codeOf(fact: IdentityFact): string | null {
  const given = fact.identity.socialCreditCode;
  if (given === undefined) {
    if (fact.partyKind === 'firm' && fact.verified) throw new IntakeRefused('firm-needs-code', 422);
    return null;
  }
  const code = codeText(given);
  if (!isSocialCreditCode(code)) throw new IntakeRefused('not-a-social-credit-code', 422);
  if (fact.partyKind === 'firm' && !isFirmCode(code)) throw new IntakeRefused('sole-trader-is-a-person', 422);
  return code;
}

const newestVersion = async (tx: Tx, accountId: string): Promise<number> =>
  (
    await tx.row<{ version: number }>(
      'select coalesce(max(version), 0) as version from credit_files where account_id = $1',
      [accountId],
    )
  )?.version ?? 0;

/**
 * Adds a version to who the customer is; no version is ever changed (K4.3). A firm counts as one only with a code whose check letter
 * fits. @throws IntakeRefused `unknown-account` (404), `not-a-social-credit-code`, `firm-needs-code`, `sole-trader-is-a-person` (422)
 */
export async function setIdentity(intake: Intake, fact: IdentityFact): Promise<{ version: number }> {
  const code = codeOf(fact);
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const version = (await newestVersion(tx, account.accountId)) + 1;
    const occurredAt = new Date(account.nowMs).toISOString();
    await tx.run(
      `insert into credit_files (company_id, centre_id, account_id, version, party_kind, identity_verified, identity_enc, code_hash,
                                 changed_by, reason, source, occurred_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[account.companyId, account.centreId, account.accountId, version, fact.partyKind, fact.verified],
        intake.vault.sealJson({ ...fact.identity, ...(code === null ? {} : { socialCreditCode: code }) }),
        code === null ? null : intake.vault.hashFixed(code),
        ...[fact.by, fact.reason, fact.source, occurredAt],
      ],
    );
    await keepRecord(tx, account, {
      action: 'credit.identity-set',
      factId: `${account.accountId}/${version}`,
      ...{ actor: fact.by, occurredAt, silent: true },
      body: { version, partyKind: fact.partyKind, verified: fact.verified, source: fact.source },
    });
    return { version };
  });
}
