import { readReportFacts, reportBody, sha256Of, type ReportRead } from '../../db/credit/read-report-facts.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../db/database.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { putLetter } from '../../intake/credit/letters/put-letter.ts';
import { addDays, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import { mayBeReported, mayLeaveNow } from '../../rules/credit/may-be-reported.ts';
import type { Verdict } from '../../rules/verdict.ts';
import { publicationNoticeText } from '../../systems/messages/credit-letters.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import type { MatterMoment, MatterStep } from './matters-contract.ts';
import { letterOf } from './letter-of.ts';

/** One export as its steps need it. */
export interface ExportFacts {
  account_no: string;
  kind: 'grade' | 'colour' | 'record' | 'commitment';
  subject_id: string;
  basis_id: string;
  document: string;
  stated_on: CivilDate;
  status:
    'proposed' | 'noticed' | 'approved' | 'sent' | 'acknowledged' | 'refused' | 'withdrawing' | 'withdrawn';
  notice_until: string | null;
  served_at: string | null;
  proposed_by: string;
  approved_by: string | null;
  platform_id: string | null;
  /** Since when the platform may have it. */
  attempted_at: string | null;
  body_sha256: string;
}

const READ = `
select a.account_no, e.kind, e.subject_id, e.basis_id, b.document, e.stated_on, e.status, e.notice_until, l.served_at,
       e.proposed_by, e.approved_by, e.platform_id, e.attempted_at, e.body_sha256
  from credit_exports e join accounts a using (account_id) join legal_bases b using (basis_id)
       left join credit_letters l on l.letter_id = e.letter_id
 where e.export_id = $1`;

export async function readExport(tx: Tx, exportId: string): Promise<ExportFacts> {
  const row = await tx.row<ExportFacts>(READ, [exportId]);
  if (row === undefined) throw new Error(`export ${exportId} is not stored`);
  return row;
}

const LOOK_AGAIN_MS = 86_400_000;
const SIGN_WITHIN_MS = 7 * 86_400_000;

/** May it leave at this moment (H4, L6)? Asked by the look, and once more by the act that sends. */
export async function mayLeave(
  tx: Tx,
  deps: ActivityDeps,
  at: { accountId: string; nowMs: number },
  row: ExportFacts,
): Promise<{ verdict: Verdict; read: ReportRead; isAsSigned: boolean }> {
  const read = await readReportFacts(tx, deps.vault, {
    ...{ accountId: at.accountId, kind: row.kind, subjectId: row.subject_id, basisId: row.basis_id },
    today: civilDateAt(at.nowMs),
  });
  const dayOf = (instant: string | null): CivilDate | null =>
    instant === null ? null : civilDateAt(Date.parse(instant));
  // The last day of the notice is the one before the moment at which it ends.
  const until = row.notice_until === null ? null : civilDateAt(Date.parse(row.notice_until) - 1);
  const verdict = mayLeaveNow({
    ...read.facts,
    ...{ proposedBy: row.proposed_by, approvedBy: row.approved_by },
    ...{ noticeServedOn: dayOf(row.served_at), noticeUntil: until },
  });
  const isAsSigned = read.subject !== null && sha256Of(reportBody(read.subject)) === row.body_sha256;
  return { verdict, read, isAsSigned };
}

/** The firm is told first (L6); the days run from proven service. */
async function tellFirm(tx: Tx, deps: ActivityDeps, at: MatterMoment, row: ExportFacts): Promise<MatterStep> {
  const { companyId, centreId, accountId, subjectId, nowMs } = at;
  const { remedies } = await readCreditPolicy(tx, companyId, civilDateAt(nowMs));
  const noticeDays = remedies.publicationNoticeDays;
  const { letterId } = await putLetter(tx, deps.vault, {
    ...{ companyId, centreId, accountId, subjectId, nowMs, kind: 'publication-notice' },
    text: publicationNoticeText({
      ...{ accountNo: row.account_no, statedOn: row.stated_on, document: row.document, noticeDays },
    }),
  });
  await tx.run('update credit_exports set letter_id = $2 where export_id = $1', [subjectId, letterId]);
  const letter = await letterOf(tx, letterId);
  if (letter?.toSend === true) return { do: 'send', stage: 'telling', messageId: letter.messageId };
  if (letter === undefined || letter.servedAt === null)
    return { do: 'wait', stage: 'telling', untilMs: null };
  const untilMs = epochMsOf(addDays(civilDateAt(Date.parse(letter.servedAt)), noticeDays + 1), 0);
  await tx.run(`update credit_exports set status = 'noticed', notice_until = $2 where export_id = $1`, [
    subjectId,
    iso(untilMs),
  ]);
  await putTask(tx, {
    ...{ companyId, centreId, accountId, nowMs, caseId: null, assignee: null, ref: subjectId },
    ...{ taskId: `task/sign/${subjectId}`, kind: 'sign-export', role: 'marketing-manager' },
    ...{ notBeforeMs: nowMs, dueAtMs: untilMs + SIGN_WITHIN_MS },
  });
  return { do: 'wait', stage: 'noticed', untilMs };
}

/** Why a report that the platform may have is taken back, by the first reason that stands against it. */
const FALLS: Readonly<Record<string, string>> = {
  'under-objection': 'under-objection',
  'debt-disputed': 'debt-disputed',
  'no-signed-basis': 'basis-ended',
  'basis-revoked': 'basis-ended',
  'basis-not-in-force': 'basis-ended',
};

/** null: it stands. That a further move waits for a person does not make untrue what holds until then. */
function fallenBecause(read: ReportRead): string | null {
  const verdict = mayBeReported({ ...read.facts, confirmed: true });
  if (verdict.outcome === 'permitted') return null;
  return FALLS[verdict.reasons[0]?.code ?? ''] ?? 'no-longer-true';
}

async function fall(tx: Tx, at: MatterMoment, reason: string): Promise<void> {
  await tx.run(
    `update credit_exports set status = 'withdrawing', withdraw_reason = $2, withdrawn_by = 'fudian' where export_id = $1`,
    [at.subjectId, reason],
  );
}

/** Where the platform may have it, it travels back; else it is over here. */
async function travelBack(tx: Tx, at: MatterMoment, row: ExportFacts): Promise<MatterStep> {
  if (row.platform_id !== null || row.attempted_at !== null) return { do: 'take-back', stage: 'withdrawing' };
  await tx.run(`update credit_exports set status = 'withdrawn', withdrawn_at = $2 where export_id = $1`, [
    at.subjectId,
    iso(at.nowMs),
  ]);
  return { do: 'over', outcome: 'withdrawn' };
}

/** Leaves if it may; what the platform may have already, or what is not what was signed any more, is taken back instead. */
async function leave(tx: Tx, deps: ActivityDeps, at: MatterMoment, row: ExportFacts): Promise<MatterStep> {
  const { verdict, read, isAsSigned } = await mayLeave(tx, deps, at, row);
  const fallen = row.attempted_at === null ? null : fallenBecause(read);
  if (fallen !== null || !isAsSigned) {
    await fall(tx, at, fallen ?? 'no-longer-true');
    return travelBack(tx, at, row);
  }
  if (verdict.outcome === 'permitted') return { do: 'report', stage: 'sending' };
  const noticeMs = row.notice_until === null ? at.nowMs : Date.parse(row.notice_until);
  const again = Math.max(noticeMs, at.nowMs + LOOK_AGAIN_MS);
  return { do: 'wait', stage: 'held-back', untilMs: noticeMs > at.nowMs ? noticeMs : again };
}

/** What was reported is looked at every day: once it holds no longer, is objected to, or its basis is gone, it is taken back by itself. */
async function keepWatch(
  tx: Tx,
  deps: ActivityDeps,
  at: MatterMoment,
  row: ExportFacts,
): Promise<MatterStep> {
  const { read } = await mayLeave(tx, deps, at, row);
  const fallen = fallenBecause(read);
  if (fallen !== null) {
    await fall(tx, at, fallen);
    return travelBack(tx, at, row);
  }
  return row.status === 'sent'
    ? { do: 'acknowledge', stage: 'sent' }
    : { do: 'wait', stage: 'acknowledged', untilMs: at.nowMs + LOOK_AGAIN_MS };
}

/** Told, signed, sent, acknowledged; and back again when it falls (H4, L6). */
export const lookAtExport =
  (deps: ActivityDeps) =>
  (at: MatterMoment): Promise<MatterStep> =>
    act(deps, at, async (tx) => {
      const row = await readExport(tx, at.subjectId);
      switch (row.status) {
        case 'proposed':
          return tellFirm(tx, deps, at, row);
        case 'noticed':
          return { do: 'wait', stage: 'noticed', untilMs: null };
        case 'approved':
          return leave(tx, deps, at, row);
        case 'sent':
        case 'acknowledged':
          return keepWatch(tx, deps, at, row);
        case 'withdrawing':
          return travelBack(tx, at, row);
        case 'refused':
        case 'withdrawn':
          return { do: 'over', outcome: row.status };
      }
    });
