import type { Tx } from '../../db/database.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { putLetter } from '../../intake/credit/letters/put-letter.ts';
import { overdueFen } from '../../intake/credit/repairs/take-repair.ts';
import { addDays, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import { repairAnswerText } from '../../systems/messages/credit-letters.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import type { MatterMoment, MatterStep } from './matters-contract.ts';
import { letterOf } from './letter-of.ts';

interface Row {
  status: 'verifying' | 'clean-period' | 'deciding' | 'granted' | 'refused' | 'withdrawn';
  corrected_on: CivilDate | null;
  clean_until: CivilDate | null;
  decision_enc: Buffer | null;
  ended_reason: string | null;
  account_no: string;
}

const READ = `select r.status, r.corrected_on, r.clean_until, r.decision_enc, r.ended_reason, a.account_no
  from credit_repairs r join accounts a using (account_id) where r.repair_id = $1`;

const DECIDE_WITHIN_MS = 7 * 86_400_000;
const REASON_ZH: Readonly<Record<string, string>> = {
  'new-breach': '保持期内出现新的违约行为',
  'new-arrears': '保持期内出现新的欠费',
  'not-corrected': '违约行为尚未改正',
};

/** What broke the clean period, if anything did: an established breach after the correction, or new arrears. */
async function whatBrokeIt(tx: Tx, at: MatterMoment, row: Row): Promise<string | null> {
  const breach = await tx.row(
    `select 1 from credit_records r
      where account_id = $1 and kind in ('theft', 'violation', 'breach') and confirmed and occurred_on > $2
        and not exists (select from credit_annulments a where a.record_id = r.record_id) limit 1`,
    [at.accountId, row.corrected_on],
  );
  if (breach !== undefined) return 'new-breach';
  const lateSince = await tx.row(
    `select 1 from bills where account_id = $1 and service = 'electricity' and not disputed and due_on > $2
        and (paid_fen < principal_fen and due_on < $3 or settled_on > due_on) limit 1`,
    [at.accountId, row.corrected_on, civilDateAt(at.nowMs)],
  );
  const owedFen = await overdueFen(tx, at.accountId, civilDateAt(at.nowMs));
  return lateSince !== undefined || owedFen > 0 ? 'new-arrears' : null;
}

async function endsBadly(tx: Tx, at: MatterMoment, reason: string): Promise<void> {
  await tx.run(
    `update credit_repairs set status = 'refused', ended_reason = $2, decided_at = $3 where repair_id = $1`,
    [at.subjectId, reason, iso(at.nowMs)],
  );
  await keepRecord(
    tx,
    { companyId: at.companyId, accountId: at.accountId, openCase: null },
    {
      ...{ action: 'credit.repair-broken', factId: at.subjectId, actor: 'fudian', occurredAt: iso(at.nowMs) },
      body: { repairId: at.subjectId, reason },
    },
  );
}

async function askForDecision(tx: Tx, at: MatterMoment): Promise<void> {
  await tx.run(`update credit_repairs set status = 'deciding' where repair_id = $1`, [at.subjectId]);
  await putTask(tx, {
    ...{ companyId: at.companyId, centreId: at.centreId, accountId: at.accountId, nowMs: at.nowMs },
    ...{ taskId: `task/decide/${at.subjectId}`, caseId: null, assignee: null, ref: at.subjectId },
    ...{ kind: 'decide-repair', role: 'station-head' },
    ...{ notBeforeMs: at.nowMs, dueAtMs: at.nowMs + DECIDE_WITHIN_MS },
  });
}

async function answer(tx: Tx, deps: ActivityDeps, at: MatterMoment, row: Row): Promise<MatterStep> {
  const { companyId, centreId, accountId, subjectId, nowMs } = at;
  const why = row.decision_enc === null ? '' : deps.vault.open(row.decision_enc);
  const { letterId } = await putLetter(tx, deps.vault, {
    ...{ companyId, centreId, accountId, subjectId, nowMs, kind: 'repair-answer' },
    text: repairAnswerText({
      accountNo: row.account_no,
      granted: row.status === 'granted',
      reason: REASON_ZH[row.ended_reason ?? ''] ?? why,
    }),
  });
  await tx.run('update credit_repairs set answer_letter_id = $2 where repair_id = $1', [subjectId, letterId]);
  const letter = await letterOf(tx, letterId);
  return letter?.toSend === true
    ? { do: 'send', stage: 'answering', messageId: letter.messageId }
    : { do: 'over', outcome: row.status };
}

/** Verification, clean period, decision, answer (K7.1–7.3). */
export const lookAtRepair =
  (deps: ActivityDeps) =>
  (at: MatterMoment): Promise<MatterStep> =>
    act(deps, at, async (tx) => {
      const row = await tx.row<Row>(READ, [at.subjectId]);
      if (row === undefined) throw new Error(`repair ${at.subjectId} is not stored`);
      switch (row.status) {
        case 'verifying':
        case 'deciding':
          return { do: 'wait', stage: row.status, untilMs: null };
        case 'withdrawn':
          return { do: 'over', outcome: 'withdrawn' };
        case 'granted':
        case 'refused':
          return answer(tx, deps, at, row);
        case 'clean-period': {
          const broken = await whatBrokeIt(tx, at, row);
          if (broken !== null) {
            await endsBadly(tx, at, broken);
            return answer(tx, deps, at, { ...row, status: 'refused', ended_reason: broken });
          }
          const overMs = row.clean_until === null ? at.nowMs : epochMsOf(addDays(row.clean_until, 1), 0);
          if (at.nowMs < overMs) return { do: 'wait', stage: 'clean-period', untilMs: overMs };
          await askForDecision(tx, at);
          return { do: 'wait', stage: 'deciding', untilMs: null };
        }
      }
    });
