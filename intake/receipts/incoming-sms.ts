import type { Tx } from '../../db/database.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import type { Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { recordRestored } from '../restorations/record-restored.ts';
import { holdForClaim } from '../service/claims-paid.ts';
import { takeAccount, type AccountInHand } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { smsMeaning, type SmsMeaning } from './sms-meaning.ts';

interface Sender {
  account_id: string;
  stop_id: string | null;
  has_case: boolean;
  /** A stop that is over; a customer who is still dark may mean that one. */
  last_stop_id: string | null;
}

/** The accounts of the sender's number, those with supply off first, then those in collection. */
const SENDERS = `
select a.account_id, s.stop_id, c.case_id is not null as has_case,
       (select stop_id from stops o where o.account_id = a.account_id order by o.occurred_at desc limit 1) as last_stop_id
  from accounts a
  left join stops s on s.account_id = a.account_id and s.in_force
  left join cases c on c.account_id = a.account_id and c.status = 'open'
 where a.phone_hash = any ($1)
 order by s.stop_id is null, c.case_id is null, a.account_id limit 50`;

/** Who may be meant: supply off first, then open cases, then anybody; all of them, since a number may pay for many meters. */
function meant(senders: readonly Sender[], meaning: SmsMeaning): readonly Sender[] {
  const off = senders.filter((one) => one.stop_id !== null);
  const inCollection = senders.filter((one) => one.has_case);
  if (meaning === 'claims-paid') {
    const both = senders.filter((one) => one.has_case || one.stop_id !== null);
    if (both.length > 0) return both;
  }
  if (meaning === 'still-dark') {
    const once = senders.filter((one) => one.last_stop_id !== null);
    if (once.length > 0) return off.length > 0 ? off : once;
  }
  if (off.length > 0) return off;
  return inCollection.length > 0 ? inCollection : senders.slice(0, 1);
}

const LOOKED_AT_WITHIN_MS = 60 * 60_000;

/** Somebody says that it is still dark: a person looks within the hour, also where the books say that supply is back (T3.3). */
function askPeople(tx: Tx, account: AccountInHand, stopId: string, providerId: string): Promise<void> {
  const { companyId, centreId, accountId, nowMs } = account;
  return putTask(tx, {
    ...{ companyId, centreId, accountId, nowMs },
    taskId: `task/still-dark/${stopId}/${providerId}`,
    caseId: null,
    kind: 'still-dark',
    role: 'team-leader',
    assignee: null,
    ref: stopId,
    notBeforeMs: nowMs,
    dueAtMs: nowMs + LOOKED_AT_WITHIN_MS,
  });
}

/** Stores the words for one account of the sender. */
async function takeWords(
  tx: Tx,
  account: AccountInHand,
  sender: Sender,
  said: { providerId: string; meaning: SmsMeaning },
): Promise<void> {
  const { providerId, meaning } = said;
  const factId = `${providerId}/${account.accountId}`;
  if (meaning === 'claims-paid') await holdForClaim(tx, account, factId, 'customer');
  const stopId = sender.stop_id ?? sender.last_stop_id;
  if (meaning === 'still-dark' && stopId !== null) await askPeople(tx, account, stopId, providerId);
  await keepRecord(tx, account, {
    action: `sms.${meaning}`,
    factId,
    actor: 'customer',
    occurredAt: new Date(account.nowMs).toISOString(),
    body: { providerId, meaning },
  });
  await tellCase(tx, account, 'sms', factId);
}

/**
 * An SMS from a customer. "已缴" or 1 holds the stop of every account of this number until it is checked (T1.2); "灯亮了" proves
 * supply where one stop alone can be meant (T3.3); "没亮" and everything doubtful goes to people; the words themselves stay with
 * the carrier. False: nobody known wrote.
 */
export async function recordIncomingSms(
  intake: Intake,
  fact: { from: string; text: string; providerId: string },
): Promise<{ known: boolean }> {
  const meaning = smsMeaning(fact.text);
  const reached = await intake.db.tx(intake.scope, async (tx) => {
    const senders = await tx.rows<Sender>(SENDERS, [intake.vault.findExact(fact.from)]);
    const who = meant(senders, meaning);
    if (who.length === 0) return who;
    const isNew = await tx.run(
      `insert into inbox (company_id, source, fact_key, body_sha256) values ($1, 'sms', $2, $3) on conflict do nothing`,
      [intake.scope.companyId, fact.providerId, meaning],
    );
    if (isNew === 0) return who;
    // Always in the same order, or two messages at once would wait for each other.
    for (const sender of [...who].sort((a, b) => (a.account_id < b.account_id ? -1 : 1)))
      await takeWords(tx, await takeAccount(tx, { accountId: sender.account_id }), sender, {
        providerId: fact.providerId,
        meaning,
      });
    return who;
  });
  const off = reached.flatMap(({ stop_id: stopId }) => (stopId === null ? [] : [stopId]));
  const [stopId] = off;
  if (meaning === 'light-is-on' && stopId !== undefined && off.length === 1)
    await recordRestored(intake, {
      stopId,
      by: 'customer',
      proof: { kind: 'customer', saysLightIsOn: true },
    });
  return { known: reached.length > 0 };
}
