import { IntakeRefused, type Intake } from '../deps.ts';
import { isEmail, phoneOf } from '../import/cells.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';

/** How a customer can be reached; null takes it off, what is left out stays. */
export interface ContactFact {
  accountNo: string;
  phone?: string | null;
  email?: string | null;
  by: string;
}

/**
 * Changes phone or e-mail of an account, sealed (K4.3). It is a way to reach somebody, never an agreement to be served there
 * (L8). @throws IntakeRefused `unknown-account` (404), `not-a-phone`, `not-an-email` (422)
 */
export function setContact(intake: Intake, fact: ContactFact): Promise<void> {
  const { vault } = intake;
  return intake.db.tx(intake.scope, async (tx) => {
    const phone = typeof fact.phone === 'string' ? phoneOf(fact.phone) : null;
    if (phone === undefined) throw new IntakeRefused('not-a-phone', 422);
    if (typeof fact.email === 'string' && !isEmail(fact.email)) throw new IntakeRefused('not-an-email', 422);
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    if (fact.phone !== undefined)
      await tx.run('update accounts set phone_enc = $2, phone_hash = $3 where account_id = $1', [
        account.accountId,
        phone === null ? null : vault.seal(phone),
        phone === null ? null : vault.hashExact(phone),
      ]);
    if (fact.email !== undefined)
      await tx.run('update accounts set email_enc = $2 where account_id = $1', [
        account.accountId,
        fact.email === null ? null : vault.seal(fact.email),
      ]);
    const at = new Date(account.nowMs).toISOString();
    await keepRecord(tx, account, {
      action: 'contact.set',
      factId: `${account.accountId}/${at}`,
      actor: fact.by,
      occurredAt: at,
      body: { phone: fact.phone !== undefined, email: fact.email !== undefined },
      silent: true,
    });
  });
}
