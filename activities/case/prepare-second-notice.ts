import { putMessage } from '../../db/messages/put-message.ts';
import { shanghaiText } from '../../rules/calendar/shanghai-time.ts';
import { secondNoticeSms, secondNoticeSpeech } from '../../systems/messages/second-notice.ts';
import type { CaseMoment } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { readCaseFile } from './case-file.ts';

interface StopRow {
  stop_at: string;
  interval_minutes: number;
  sum_fen: number;
}

/**
 * Prepares a call or the SMS before the stop (T2.4, L2.pre); null where there is no number, which leaves only somebody who
 * tells the customer in person. Nothing is said once the stop time is there.
 */
export const prepareSecondNotice =
  (deps: ActivityDeps) =>
  (at: CaseMoment & { channel: 'call' | 'sms'; round: number }): Promise<{ messageId: string } | null> =>
    act(deps, at, async (tx) => {
      const file = await readCaseFile(tx, deps.vault, at);
      const stop = await tx.row<StopRow>(
        `select p.stop_at, p.interval_minutes, n.sum_fen from stop_plans p
           join notices n on n.case_id = p.case_id and n.attempt = p.attempt and n.kind = 'red' and n.status = 'served'
          where p.case_id = $1 and p.attempt = $2 and p.status = 'fixed'`,
        [at.caseId, at.attempt],
      );
      if (stop === undefined || file.phone === null) return null;
      const stopAtMs = Date.parse(stop.stop_at);
      if (at.nowMs >= stopAtMs) return null;
      const facts = {
        companyName: file.companyName,
        accountNo: file.accountNo,
        sumFen: stop.sum_fen,
        stopFrom: shanghaiText(stopAtMs),
        stopUntil: shanghaiText(stopAtMs + stop.interval_minutes * 60_000),
      };
      const text = at.channel === 'call' ? secondNoticeSpeech(facts) : secondNoticeSms(facts);
      const messageId = await putMessage(tx, deps.vault, {
        ...at,
        key: `${at.caseId}/second-notice-${at.channel}-${at.round}/${at.attempt}`,
        channel: at.channel,
        purpose: 'second-notice',
        address: file.phone,
        content: { subject: text.subject, text: text.zh },
        occurredAt: iso(at.nowMs),
      });
      return { messageId };
    });
