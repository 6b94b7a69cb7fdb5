import { putLetter } from '../../intake/credit/letters/put-letter.ts';
import { objectionAnswerText } from '../../systems/messages/credit-letters.ts';
import { act, type ActivityDeps } from '../deps.ts';
import type { MatterMoment, MatterStep } from './matters-contract.ts';
import { letterOf } from './letter-of.ts';

interface Row {
  status: 'open' | 'checking' | 'upheld' | 'partly-upheld' | 'rejected' | 'withdrawn';
  due_at: string;
  escalated_at: string | null;
  decision_enc: Buffer | null;
  account_no: string;
}

const READ = `select o.status, o.due_at, o.escalated_at, o.decision_enc, a.account_no
  from credit_objections o join accounts a using (account_id) where o.objection_id = $1`;

/** Waits for the decision, marks it late when its day is over, then answers the customer (K8.2, L5). */
export const lookAtObjection =
  (deps: ActivityDeps) =>
  (at: MatterMoment): Promise<MatterStep> =>
    act(deps, at, async (tx) => {
      const row = await tx.row<Row>(READ, [at.subjectId]);
      if (row === undefined) throw new Error(`objection ${at.subjectId} is not stored`);
      if (row.status === 'withdrawn') return { do: 'over', outcome: 'withdrawn' };
      if (row.status === 'open' || row.status === 'checking') {
        const dueMs = Date.parse(row.due_at);
        if (at.nowMs < dueMs) return { do: 'wait', stage: row.status, untilMs: dueMs };
        await tx.run(
          `update credit_objections set escalated_at = coalesce(escalated_at, $2) where objection_id = $1`,
          [at.subjectId, new Date(at.nowMs).toISOString()],
        );
        return { do: 'wait', stage: 'late', untilMs: null };
      }
      const { companyId, centreId, accountId, subjectId, nowMs } = at;
      const { letterId } = await putLetter(tx, deps.vault, {
        ...{ companyId, centreId, accountId, subjectId, nowMs, kind: 'objection-answer' },
        text: objectionAnswerText({
          accountNo: row.account_no,
          decision: row.status,
          reason: row.decision_enc === null ? '' : deps.vault.open(row.decision_enc),
        }),
      });
      await tx.run('update credit_objections set answer_letter_id = $2 where objection_id = $1', [
        subjectId,
        letterId,
      ]);
      const letter = await letterOf(tx, letterId);
      return letter?.toSend === true
        ? { do: 'send', stage: 'answering', messageId: letter.messageId }
        : { do: 'over', outcome: row.status };
    });
