import type { Tx } from '../../db/database.ts';
import { civilDate, compareDates, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { isEmail, phoneOf } from '../import/cells.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount, type AccountInHand } from '../take-account.ts';

/** The customer agrees that notices may be served at this e-address (L8). */
export interface AgreedAddressFact {
  accountNo: string;
  /** `wechat`: the customer's id with the official account; `call`: a phone that is rung. */
  channel: 'sms' | 'email' | 'wechat' | 'call';
  address: string;
  /** Civil date of the agreement; never later than today. */
  agreedOn: string;
  by: string;
}

function addressOf(fact: AgreedAddressFact): string {
  const address =
    fact.channel === 'sms' || fact.channel === 'call' ? phoneOf(fact.address) : fact.address.trim();
  if (address === undefined) throw new IntakeRefused('not-a-phone', 422);
  if (fact.channel === 'email' && !isEmail(address)) throw new IntakeRefused('not-an-email', 422);
  return address;
}

function agreedOnOf(fact: AgreedAddressFact, account: AccountInHand): CivilDate {
  let day: CivilDate;
  try {
    day = civilDate(fact.agreedOn);
  } catch {
    throw new IntakeRefused('not-a-date', 422, { on: fact.agreedOn });
  }
  if (compareDates(day, civilDateAt(account.nowMs)) > 0)
    throw new IntakeRefused('agreement-in-the-future', 422, { on: day });
  return day;
}

const keep = (
  tx: Tx,
  account: AccountInHand,
  act: { action: string; channel: string; on: string; by: string },
): Promise<void> =>
  keepRecord(tx, account, {
    action: act.action,
    factId: `${account.accountId}/${act.channel}/${act.on}`,
    actor: act.by,
    occurredAt: new Date(account.nowMs).toISOString(),
    body: { channel: act.channel, on: act.on },
    silent: true,
  });

/**
 * Stores an agreement; the newest one of a channel counts. A second, other address of the same day is refused: what was served
 * at the first would lose its ground.
 * @throws IntakeRefused `unknown-account` (404), `agreement-differs` (409), `not-a-phone`, `not-an-email`, `not-a-date`, `agreement-in-the-future` (422)
 */
export function setAgreedAddress(intake: Intake, fact: AgreedAddressFact): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const address = addressOf(fact);
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const agreedOn = agreedOnOf(fact, account);
    const known = await tx.row<{ address_enc: Buffer; revoked_on: CivilDate | null }>(
      'select address_enc, revoked_on from agreed_addresses where account_id = $1 and channel = $2 and agreed_on = $3',
      [account.accountId, fact.channel, agreedOn],
    );
    if (known !== undefined) {
      if (known.revoked_on === null && intake.vault.open(known.address_enc) === address) return;
      throw new IntakeRefused('agreement-differs', 409, { on: agreedOn });
    }
    await tx.run(
      `insert into agreed_addresses (company_id, centre_id, account_id, channel, address_enc, agreed_on)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        ...[account.companyId, account.centreId, account.accountId, fact.channel],
        ...[intake.vault.seal(address), agreedOn],
      ],
    );
    await keep(tx, account, {
      action: 'agreement.set',
      channel: fact.channel,
      on: agreedOn,
      by: fact.by,
    });
  });
}

/** The customer takes the agreement back: from today on nothing is served there (L8). @throws IntakeRefused `unknown-account` (404) */
export function revokeAgreedAddress(
  intake: Intake,
  fact: { accountNo: string; channel: AgreedAddressFact['channel']; by: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const today = civilDateAt(account.nowMs);
    const revoked = await tx.run(
      'update agreed_addresses set revoked_on = $3 where account_id = $1 and channel = $2 and revoked_on is null',
      [account.accountId, fact.channel, today],
    );
    if (revoked > 0)
      await keep(tx, account, {
        action: 'agreement.revoked',
        channel: fact.channel,
        on: today,
        by: fact.by,
      });
  });
}
