import type { Tx } from '../../db/database.ts';

/** How far a letter is: to be sent (again), perhaps with the customer already, or proven to have arrived. */
export async function letterOf(
  tx: Tx,
  letterId: string,
): Promise<{ messageId: string; toSend: boolean; mayBeTold: boolean; servedAt: string | null } | undefined> {
  return tx.row(
    `select l.message_id as "messageId", m.status in ('prepared', 'sending') and l.status <> 'served' as "toSend",
            m.sending_at is not null or l.status = 'served' as "mayBeTold", l.served_at as "servedAt"
       from credit_letters l join messages m using (message_id) where l.letter_id = $1`,
    [letterId],
  );
}
