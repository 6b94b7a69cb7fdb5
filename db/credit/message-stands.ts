import type { Tx } from '../database.ts';

/** Whether what a prepared message of credit says may be said now: it stands, rests while somebody decides (L5), or holds no longer. */
export type MessageStanding = 'stands' | 'rests' | 'fallen';

export interface CreditMessage {
  messageId: string;
  accountId: string;
  purpose: string;
}

/** Sent by the day's look or by the workflow of a matter; the first word of the purpose says which. */
export const isOfCredit = (purpose: string): boolean => /^(credit|remedy)-/.test(purpose);

const DUTY = `
select case when m.status in ('open', 'done') then 'stands' when m.status = 'suspended' then 'rests' else 'fallen' end as standing
  from credit_letters l join credit_measures m on m.measure_id = l.subject_id
 where l.message_id = $1 and l.account_id = $2 for share of m`;

/** Each asked under a lock of its subject, so that a run that withdraws it at this moment is waited for. $1 message, $2 account. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'remedy-downgrade-notice': `
select case when d.status <> 'approved' then 'fallen'
            when exists (select from credit_objections o where o.account_id = $2 and o.decided_at is null)
              or exists (select from holds h where h.account_id = $2 and h.kind = 'dispute' and h.ended_at is null) then 'rests'
            else 'stands' end as standing
  from credit_letters l join credit_downgrades d on d.downgrade_id = l.subject_id where l.message_id = $1 for share of d`,
  'remedy-publication-notice': `
select case when e.status = 'proposed' then 'stands' else 'fallen' end as standing
  from credit_letters l join credit_exports e on e.export_id = l.subject_id
 where l.message_id = $1 and l.account_id = $2 for share of e`,
  'credit-grade-told': DUTY,
  'credit-colour-letter': DUTY,
  'credit-colour-reminder': `
select case when s.colour <> 'yellow' then 'fallen' when s.objected_at is not null then 'rests' else 'stands' end as standing
  from credit_standings s where s.account_id = $2 and $1::text is not null for share of s`,
  'credit-planned-outage': `
select case when o.cancelled_at is null and o.to_at > clock_timestamp() then 'stands' else 'fallen' end as standing
  from messages m join planned_outages o on m.message_key = 'planned-outage/' || o.outage_id || '/' || m.account_id
 where m.message_id = $1 and m.account_id = $2 for share of o`,
};

/** Asked under the account's lock, right before the message leaves. What answers a customer (L5, K7) always stands. */
export async function messageStands(tx: Tx, message: CreditMessage): Promise<MessageStanding> {
  const question = QUESTIONS[message.purpose];
  if (question === undefined) return 'stands';
  const row = await tx.row<{ standing: MessageStanding }>(question, [message.messageId, message.accountId]);
  return row?.standing ?? 'fallen';
}

/** What has not arrived does not leave any more, and its letter with it. */
export const withdrawMessages = (tx: Tx, messageIds: readonly string[]): Promise<number> =>
  tx.run(
    `with gone as (
       update messages set status = 'withdrawn' where message_id = any ($1) and status in ('prepared', 'sending') returning message_id)
     update credit_letters l set status = 'withdrawn' from gone where l.message_id = gone.message_id and l.status = 'prepared'`,
    [messageIds],
  );
