import type { Tx } from '../../../db/database.ts';
import type { CivilDate } from '../../../rules/calendar/civil-date.ts';
import type { Scheme } from '../../../rules/credit/scheme.ts';
import type { AccountInHand } from '../../take-account.ts';

interface Undone {
  downgrade_id: string;
  scheme: Scheme;
  from_value: string;
  from_since: CivilDate | null;
  moved_at: string;
  back: boolean;
}

const COLUMN = {
  grade: { value: 'grade', since: 'grade_since' },
  colour: { value: 'colour', since: 'colour_since' },
  score: { value: 'score_grade', since: 'score_since' },
} as const;

const valueNow = (alias: string): string =>
  `case ${alias}.scheme when 'grade' then s.grade::text when 'colour' then s.colour else s.score_grade end`;

/** Downgrades in force whose value the new judgement no longer says; `back`: what held before holds again. */
const FALLEN = `
update credit_downgrades d set status = 'undone', ended_reason = $2
  from credit_standings s
 where s.account_id = d.account_id and d.account_id = $1 and d.status = 'in-force' and d.to_value is distinct from ${valueNow('d')}
returning d.downgrade_id, d.scheme, d.from_value, d.from_since, d.from_value = ${valueNow('d')} as back,
  (select max(v.recorded_at) from credit_moves v where v.account_id = d.account_id and v.cause = d.downgrade_id) as moved_at`;

/** What the old value had given goes on as if nothing had come between; what the way back opened in its place goes. */
async function reinstate(tx: Tx, accountId: string, undone: Undone): Promise<void> {
  const of = [accountId, undone.scheme, undone.from_value, undone.moved_at];
  const resumed = await tx.rows<{ measure_id: string; kind: string }>(
    `update credit_measures set status = coalesce(nullif(status_before, 'suspended'), 'open'), closed_at = null, closed_by = null, outcome = null
      where account_id = $1 and scheme = $2 and given_by = $3 and status = 'ended' and outcome = 'grade-changed' and closed_at >= $4
        and recorded_at < $4 returning measure_id, kind`,
    of,
  );
  const doubled = await tx.rows<{ measure_id: string }>(
    `update credit_measures set status = 'ended', closed_at = clock_timestamp(), closed_by = 'fudian', outcome = 'undone'
      where account_id = $1 and scheme = $2 and given_by = $3 and status = 'open' and recorded_at >= $4 and kind = any ($5)
      returning measure_id`,
    [...of, resumed.map(({ kind }) => kind)],
  );
  await tx.run(
    `update tasks set done_at = null, outcome = null where outcome = 'grade-changed' and task_id = any ($1)`,
    [resumed.map(({ measure_id: id }) => `task/${id}`)],
  );
  await tx.run(
    `update tasks set done_at = clock_timestamp(), outcome = 'undone' where done_at is null and task_id = any ($1)`,
    [doubled.map(({ measure_id: id }) => `task/${id}`)],
  );
}

/**
 * Undoes the downgrades that a wrong fact had brought and the new judgement no longer carries (L5): since when the old value had
 * held, and what it had given, are as they were.
 */
export async function undoDowngrades(tx: Tx, account: AccountInHand, cause: string): Promise<void> {
  const { accountId } = account;
  const fallen = await tx.rows<Undone>(FALLEN, [accountId, cause]);
  for (const undone of fallen) {
    if (!undone.back) continue;
    const { since } = COLUMN[undone.scheme];
    await tx.run(
      `update credit_standings set ${since} = coalesce($2::date, ${since}) where account_id = $1`,
      [accountId, undone.from_since],
    );
    await reinstate(tx, accountId, undone);
  }
}
