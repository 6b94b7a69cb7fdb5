import type { Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { recordRestored } from '../restorations/record-restored.ts';
import { holdForClaim } from '../service/claims-paid.ts';
import { takeAccount } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';

type Meaning = 'claims-paid' | 'light-is-on' | 'still-dark' | 'other';

function meaningOf(text: string): Meaning {
  const words = text.trim();
  if (/没亮|不亮|没电|没来电/.test(words)) return 'still-dark';
  if (/灯亮|亮了|来电了/.test(words)) return 'light-is-on';
  if (words === '1' || /已.*(缴|交|付)/.test(words)) return 'claims-paid';
  return 'other';
}

/** The account that the sender's number belongs to and that we are talking with: a stop in force first, then an open case. */
const SENDER = `
select a.account_id, (select stop_id from stops s where s.account_id = a.account_id and s.in_force) as stop_id
  from accounts a
 where a.phone_hash = $1
 order by exists (select from stops s where s.account_id = a.account_id and s.in_force) desc,
          exists (select from cases c where c.account_id = a.account_id and c.status = 'open') desc, a.account_id
 limit 1`;

/**
 * An SMS from a customer. "已缴" or 1 holds the stop until it is checked (T1.2), "灯亮了" proves supply (T3.3), "没亮" goes to
 * people; the words themselves stay with the carrier. False: nobody known wrote.
 */
export async function recordIncomingSms(
  intake: Intake,
  fact: { from: string; text: string; providerId: string },
): Promise<{ known: boolean }> {
  const meaning = meaningOf(fact.text);
  const of = await intake.db.tx(intake.scope, async (tx) => {
    const sender = await tx.row<{ account_id: string; stop_id: string | null }>(SENDER, [
      intake.vault.hashExact(fact.from),
    ]);
    if (sender === undefined) return undefined;
    const account = await takeAccount(tx, { accountId: sender.account_id });
    const isNew = await tx.run(
      `insert into inbox (company_id, source, fact_key, body_sha256) values ($1, 'sms', $2, $3) on conflict do nothing`,
      [account.companyId, fact.providerId, meaning],
    );
    if (isNew === 0) return sender;
    if (meaning === 'claims-paid') await holdForClaim(tx, account, fact.providerId, 'customer');
    const occurredAt = new Date(account.nowMs).toISOString();
    await keepRecord(tx, account, {
      action: `sms.${meaning}`,
      factId: fact.providerId,
      actor: 'customer',
      occurredAt,
      body: { providerId: fact.providerId, meaning },
    });
    await tellCase(tx, account, 'sms', fact.providerId);
    return sender;
  });
  if (of === undefined) return { known: false };
  if (meaning === 'light-is-on' && of.stop_id !== null)
    await recordRestored(intake, {
      stopId: of.stop_id,
      by: 'customer',
      proof: { kind: 'customer', saysLightIsOn: true },
    });
  return { known: true };
}
