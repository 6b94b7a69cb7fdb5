import type { Tx } from '../../db/database.ts';
import { restorationRungRole } from '../../rules/restore/who-is-told-late.ts';
import type { ReportRung, RestorationMoment } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';

async function putRung(tx: Tx, rung: Omit<ReportRung, 'nowMs'> & { nowMs: number }): Promise<void> {
  await tx.run(
    `insert into escalations (company_id, centre_id, account_id, subject, subject_id, rung, to_role, text, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (subject, subject_id, rung) do nothing`,
    [
      rung.companyId,
      rung.centreId,
      rung.accountId,
      rung.subject,
      rung.subjectId,
      rung.rung,
      rung.toRole,
      rung.text,
      iso(rung.nowMs),
    ],
  );
}

/** A restoration grows late: the next role up is told, and from the second rung on a person is asked to act by hand (T3.3). */
export const escalateRestoration =
  (deps: ActivityDeps) =>
  (at: RestorationMoment & { rung: number }): Promise<void> =>
    act(deps, at, async (tx) => {
      const toRole = restorationRungRole(at.rung);
      await putRung(tx, {
        ...at,
        subject: 'restoration',
        subjectId: at.stopId,
        toRole,
        text: `restoration late: ${at.stopId}`,
      });
      await tx.run(
        `insert into tasks (task_id, company_id, centre_id, account_id, kind, role, ref, not_before, due_at, occurred_at)
         select $1, company_id, centre_id, account_id, 'restore-by-hand', 'team-leader', stop_id, $2, deadline_at, $2
           from restorations where stop_id = $3 and restored_at is null on conflict (task_id) do nothing`,
        [`task/restore-by-hand/${at.stopId}`, iso(at.nowMs), at.stopId],
      );
    });

/** What a report is about may be settled by itself: supply is back, the crew has acknowledged, the dispute is decided. */
const SETTLED: Readonly<Record<string, string>> = {
  restoration: `select 1 from stops where stop_id = $1 and not in_force`,
  'stand-down': `select 1 from tickets where ticket_id = $1 and status <> 'recalled'`,
  dispute: `select 1 from holds where hold_id = $1 and ended_at is not null`,
  approval: `select 1 from approvals where approval_id = $1 and status <> 'pending'`,
  // Where somebody outside is asked, the report of the longer clock takes over.
  objection: `select 1 from credit_objections where objection_id = $1 and (decided_at is not null or extended_at is not null)`,
  'objection-outside': `select 1 from credit_objections where objection_id = $1 and decided_at is not null`,
  repair: `select 1 from credit_repairs where repair_id = $1 and status <> 'verifying'`,
  'large-arrears': `select 1 from papers where paper_key = $1 and receipt_at is not null`,
  stuck: `select 1 from alarms where alarm_id = $1 and cleared_at is not null`,
};

/** One rung of a report upward (T2.2): settled when somebody has acknowledged it, or the matter is over. */
export const raiseReportRung =
  (deps: ActivityDeps) =>
  (rung: ReportRung): Promise<{ settled: boolean }> =>
    act(deps, rung, async (tx) => {
      const acknowledged = await tx.row(
        `select 1 from escalations where subject = $1 and subject_id = $2 and acknowledged_at is not null limit 1`,
        [rung.subject, rung.subjectId],
      );
      const question = SETTLED[rung.subject];
      const over = question === undefined ? undefined : await tx.row(question, [rung.subjectId]);
      if (acknowledged !== undefined || over !== undefined) return { settled: true };
      await putRung(tx, rung);
      return { settled: false };
    });
