import { closeNotices } from '../../db/credit/close-downgrades.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../db/database.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { putLetter } from '../../intake/credit/letters/put-letter.ts';
import { moveStanding } from '../../intake/credit/move-standing.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { addDays, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import { placeOf, type Standing } from '../../rules/credit/scheme.ts';
import { correctionText, downgradeNoticeText } from '../../systems/messages/credit-letters.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import type { MatterMoment, MatterStep } from './matters-contract.ts';
import { letterOf } from './letter-of.ts';
import { whyText } from './why-text.ts';

interface Row {
  scheme: 'grade' | 'score' | 'colour';
  from_value: Standing;
  to_value: Standing;
  month: CivilDate | null;
  n: number | null;
  score_id: string | null;
  code: string;
  status: 'queued' | 'approved' | 'noticed' | 'in-force' | 'refused' | 'withdrawn' | 'undone';
  decided_by: string | null;
  reply_until: string | null;
  replied_at: string | null;
  reply_answer: 'stands' | 'withdrawn' | null;
  letter_id: string | null;
  account_no: string;
  reader_id: string;
  objection_open: boolean;
  dispute_open: boolean;
  judged_now: Standing | null;
}

/** What the newest judgement says; a customer who has paid meanwhile is not moved down any more. */
const READ = `
select d.scheme, d.from_value, d.to_value, d.month, d.n, d.score_id, d.code, d.status, d.decided_by, d.reply_until, d.replied_at,
       d.reply_answer, d.letter_id, a.account_no, a.reader_id,
       exists (select from credit_objections o where o.account_id = d.account_id and o.decided_at is null) as objection_open,
       exists (select from holds h where h.account_id = d.account_id and h.kind = 'dispute' and h.ended_at is null) as dispute_open,
       case d.scheme
         when 'score' then (select score_grade from credit_scores s where s.account_id = d.account_id order by recorded_at desc limit 1)
         when 'grade' then (select grade::text from credit_grades g where g.account_id = d.account_id order by month desc, n desc limit 1)
         else (select colour from credit_grades g where g.account_id = d.account_id order by month desc, n desc limit 1)
       end as judged_now
  from credit_downgrades d join accounts a using (account_id) where d.downgrade_id = $1`;

const DAY_MS = 86_400_000;

const sendOrWait = (
  letter: Awaited<ReturnType<typeof letterOf>>,
  stage: string,
  untilMs: number | null,
): MatterStep =>
  letter?.toSend === true
    ? { do: 'send', stage, messageId: letter.messageId }
    : { do: 'wait', stage, untilMs };

/** The customer is told before it takes effect; the days to reply run from proven service (L7, L8). */
async function tell(tx: Tx, deps: ActivityDeps, at: MatterMoment, row: Row): Promise<MatterStep> {
  const { companyId, centreId, accountId, subjectId, nowMs } = at;
  const { harm } = await readCreditPolicy(tx, companyId, civilDateAt(nowMs));
  const { letterId } = await putLetter(tx, deps.vault, {
    ...{ companyId, centreId, accountId, subjectId, nowMs, kind: 'downgrade-notice' },
    text: downgradeNoticeText({
      ...{ accountNo: row.account_no, from: row.from_value, to: row.to_value, replyDays: harm.replyDays },
      why: await whyText(tx, at),
    }),
  });
  await tx.run('update credit_downgrades set letter_id = $2 where downgrade_id = $1', [subjectId, letterId]);
  const letter = await letterOf(tx, letterId);
  if (letter === undefined || letter.servedAt === null) return sendOrWait(letter, 'telling', null);
  const untilMs = epochMsOf(addDays(civilDateAt(Date.parse(letter.servedAt)), harm.replyDays + 1), 0);
  await tx.run(`update credit_downgrades set status = 'noticed', reply_until = $2 where downgrade_id = $1`, [
    subjectId,
    iso(untilMs),
  ]);
  await keepRecord(
    tx,
    { companyId, accountId, openCase: null },
    {
      ...{ action: 'credit.downgrade-noticed', factId: subjectId, actor: 'fudian', occurredAt: iso(nowMs) },
      body: { downgradeId: subjectId, replyUntil: iso(untilMs) },
    },
  );
  return { do: 'wait', stage: 'noticed', untilMs };
}

/** A reply is read by somebody before anything holds. */
async function askToRead(tx: Tx, at: MatterMoment): Promise<MatterStep> {
  const { companyId, centreId, accountId, subjectId, nowMs } = at;
  await putTask(tx, {
    ...{ companyId, centreId, accountId, nowMs, caseId: null, assignee: null, ref: subjectId },
    ...{ taskId: `task/reply/${subjectId}`, kind: 'read-reply', role: 'credit-officer' },
    ...{ notBeforeMs: nowMs, dueAtMs: nowMs + 3 * DAY_MS },
  });
  return { do: 'wait', stage: 'reply-waits', untilMs: null };
}

/** Gone before it held; whoever was told, or may have been, is told that it is withdrawn. */
async function callBack(tx: Tx, deps: ActivityDeps, at: MatterMoment, row: Row): Promise<MatterStep> {
  const { companyId, centreId, accountId, subjectId, nowMs } = at;
  await tx.run(
    `update credit_downgrades set status = 'withdrawn', ended_reason = coalesce(ended_reason, 'improved') where downgrade_id = $1`,
    [subjectId],
  );
  await closeNotices(tx, [subjectId]);
  const told = row.letter_id === null ? undefined : await letterOf(tx, row.letter_id);
  if (told?.mayBeTold !== true) return { do: 'over', outcome: 'withdrawn' };
  const { letterId } = await putLetter(tx, deps.vault, {
    ...{ companyId, centreId, accountId, subjectId, nowMs, kind: 'correction' },
    text: correctionText({ accountNo: row.account_no }),
  });
  const letter = await letterOf(tx, letterId);
  return letter?.toSend === true
    ? { do: 'send', stage: 'calling-back', messageId: letter.messageId }
    : { do: 'over', outcome: 'withdrawn' };
}

async function takesEffect(tx: Tx, at: MatterMoment, row: Row): Promise<MatterStep> {
  const { companyId, centreId, accountId, subjectId, nowMs } = at;
  const today = civilDateAt(nowMs);
  await tx.run(
    `update credit_downgrades d set from_since = case d.scheme when 'grade' then s.grade_since when 'colour' then s.colour_since
              else s.score_since end
       from credit_standings s where s.account_id = d.account_id and d.downgrade_id = $1`,
    [subjectId],
  );
  await moveStanding(tx, {
    ...{ companyId, centreId, accountId, scheme: row.scheme, to: row.to_value, onDate: today },
    ...(row.month === null || row.n === null ? {} : { line: { month: row.month, n: row.n } }),
    ...(row.score_id === null ? {} : { scoreId: row.score_id }),
    ...{ cause: subjectId, by: row.decided_by ?? 'fudian', occurredAt: iso(nowMs) },
    policy: await readCreditPolicy(tx, companyId, today),
  });
  await tx.run(
    `update credit_downgrades set status = 'in-force', effective_on = $2 where downgrade_id = $1 and status = 'noticed'`,
    [subjectId, today],
  );
  await keepRecord(
    tx,
    { companyId, accountId, openCase: null },
    {
      ...{ action: 'credit.downgrade-in-force', factId: subjectId, actor: 'fudian', occurredAt: iso(nowMs) },
      body: { downgradeId: subjectId, to: row.to_value, effectiveOn: today },
    },
  );
  return { do: 'over', outcome: 'in-force' };
}

/** Decided by a person, told with proof, open to a reply and an objection, and only then in force (L7). */
export const lookAtDowngrade =
  (deps: ActivityDeps) =>
  (at: MatterMoment): Promise<MatterStep> =>
    act(deps, at, async (tx) => {
      await tx.row('select 1 from accounts where account_id = $1 for update', [at.accountId]);
      const row = await tx.row<Row>(READ, [at.subjectId]);
      if (row === undefined) throw new Error(`downgrade ${at.subjectId} is not stored`);
      if (row.status === 'in-force' || row.status === 'refused' || row.status === 'undone')
        return { do: 'over', outcome: row.status };
      const isImproved = row.judged_now !== null && placeOf(row.judged_now) < placeOf(row.to_value);
      if (row.status === 'withdrawn' || row.reply_answer === 'withdrawn' || isImproved)
        return callBack(tx, deps, at, row);
      if (row.status === 'queued') return { do: 'wait', stage: 'queued', untilMs: null };
      if (row.objection_open) return { do: 'wait', stage: 'under-objection', untilMs: null };
      if (row.dispute_open) return { do: 'wait', stage: 'under-dispute', untilMs: null };
      if (row.status === 'approved') return tell(tx, deps, at, row);
      if (row.replied_at !== null && row.reply_answer === null) return askToRead(tx, at);
      const untilMs = row.reply_until === null ? at.nowMs : Date.parse(row.reply_until);
      if (at.nowMs < untilMs) return { do: 'wait', stage: 'noticed', untilMs };
      return takesEffect(tx, at, row);
    });
