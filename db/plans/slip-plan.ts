import type { Tx } from '../database.ts';

/** Tasks that belong to one attempt; the others outlive it. */
const ATTEMPT_TASKS = [
  'serve-yellow',
  'serve-red',
  'identify-meter',
  'tell-in-person',
  'somebody-knows',
  'raise-by-hand',
];

/** Ends an attempt that cannot go on: its plan slips, its papers go stale, its approval and open tasks with them (L2.ntc). */
export async function slipPlan(
  tx: Tx,
  at: { caseId: string; attempt: number; reason: string; occurredAt: string },
): Promise<void> {
  const of = [at.caseId, at.attempt];
  await tx.run(
    `update stop_plans set status = 'slipped', slip_reason = $3
      where case_id = $1 and attempt = $2 and status in ('planned', 'approved', 'fixed')`,
    [...of, at.reason],
  );
  // A yellow notice that was served stands; one that was not would name a stop that will not be.
  await tx.run(
    `update notices set status = 'stale'
      where case_id = $1 and attempt = $2
        and ((kind = 'red' and status in ('prepared', 'served', 'not-served')) or (kind = 'yellow' and status = 'prepared'))`,
    of,
  );
  // One that nobody gave in time has expired; it was not taken away.
  await tx.run(
    `update approvals set status = case when status = 'pending' and expires_at <= $3 then 'expired' else 'void' end
      where case_id = $1 and attempt = $2 and status in ('pending', 'approved')`,
    [...of, at.occurredAt],
  );
  await tx.run(
    `update tasks set done_at = $2, outcome = 'attempt-slipped'
      where case_id = $1 and done_at is null and kind = any ($3)`,
    [at.caseId, at.occurredAt, ATTEMPT_TASKS],
  );
}
