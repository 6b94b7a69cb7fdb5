import { heartbeat } from '@temporalio/activity';
import { SystemRefused, SystemUnavailable } from '../../systems/errors.ts';
import { act, type ActivityDeps } from '../deps.ts';
import { sendMessage } from '../outbound/send-message.ts';

const PAGE = 50;

/**
 * Hands over a page of the messages of credit that wait, in the order of their ids, by day only. One that a carrier refuses or
 * cannot take now is passed over: it stays visible, and the next look finds it again. Each is asked right before it leaves whether it
 * still holds (activities/outbound/send-message.ts).
 */
export const sendCreditMessages =
  (deps: ActivityDeps) =>
  async (at: { companyId: string; after: string }): Promise<{ sent: number; next: string | null }> => {
    const waiting = await act(deps, at, (tx) =>
      tx.rows<{ messageId: string }>(
        `select message_id as "messageId" from messages w
          where status in ('prepared', 'sending') and purpose like 'credit-%' and message_id > $1
            -- The letter of a duty that rests (L5) or is over does not leave.
            and not exists (select from credit_letters l join credit_measures m on m.measure_id = l.subject_id
                             where l.message_id = w.message_id and l.kind in ('grade-told', 'colour-letter')
                               and m.status not in ('open', 'done'))
          order by message_id limit ${PAGE}`,
        [at.after],
      ),
    );
    let sent = 0;
    for (const { messageId } of waiting) {
      heartbeat(messageId);
      try {
        await sendMessage(deps)({ companyId: at.companyId, messageId });
        sent += 1;
      } catch (error) {
        if (!(error instanceof SystemRefused || error instanceof SystemUnavailable)) throw error;
      }
    }
    const last = waiting.at(-1);
    return { sent, next: waiting.length === PAGE && last !== undefined ? last.messageId : null };
  };
