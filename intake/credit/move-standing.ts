import { readCalendar } from '../../db/calendar/read-calendar.ts';
import { endMeasures, putMeasures } from '../../db/credit/put-measures.ts';
import type { Tx } from '../../db/database.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { consequencesOf } from '../../rules/credit/consequences.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import type { Scheme, Standing } from '../../rules/credit/scheme.ts';
import { keepRecord } from '../keep-record.ts';

/** One move of what holds for an account in one scheme. */
export interface StandingMove {
  companyId: string;
  centreId: string;
  accountId: string;
  scheme: Scheme;
  to: Standing;
  /** First day on which it holds. */
  onDate: CivilDate;
  /** Line of credit_grades it rests on, for grade and colour. */
  line?: { month: CivilDate; n: number };
  /** Row of credit_scores, for the score. */
  scoreId?: string;
  watch?: boolean;
  /** Why, as the history keeps it: `major-change`, `downgrade/<id>`, `objection/<id>`, `repair/<id>` … */
  cause: string;
  /** Person id, or `fudian`. */
  by: string;
  /** ISO. */
  occurredAt: string;
  policy: CreditPolicy;
}

interface Supply {
  category: string;
  capacity_kva: number | null;
  case_id: string | null;
}

const COLUMNS = {
  grade: { value: 'grade', since: 'grade_since' },
  colour: { value: 'colour', since: 'colour_since' },
  score: { value: 'score_grade', since: 'score_since' },
} as const;

/** A customer nobody has judged yet stands where a new one does (G1.gap). */
const FIRST = `
insert into credit_standings (account_id, company_id, centre_id, grade, grade_since, grade_month, grade_n, watch, colour, colour_since)
values ($1, $2, $3, 'B', $4, date_trunc('month', $4::date), 0, false, 'blue', $4) on conflict do nothing`;

/** What held before, under the standing's lock. */
async function takeStanding(tx: Tx, move: StandingMove): Promise<Standing | null> {
  await tx.run(FIRST, [move.accountId, move.companyId, move.centreId, move.onDate]);
  const row = await tx.row<{ value: Standing | null }>(
    `select ${COLUMNS[move.scheme].value} as value from credit_standings where account_id = $1 for update`,
    [move.accountId],
  );
  if (row === undefined) throw new Error(`standing of ${move.accountId} is out of reach`);
  return row.value;
}

/**
 * Moves what holds for an account (G2.1, K5.3): the standing, the measures of the old grade, those of the new one, and the history.
 * The only place that does it for a single account; harmful moves come here only after a person decided (L7).
 */
export async function moveStanding(tx: Tx, move: StandingMove): Promise<{ from: Standing | null }> {
  const supply = await tx.row<Supply>(
    `select a.category, a.capacity_kva, (select case_id from cases c where c.account_id = a.account_id and c.status = 'open') as case_id
       from accounts a where a.account_id = $1`,
    [move.accountId],
  );
  if (supply === undefined) throw new Error(`account ${move.accountId} is out of reach`);
  const from = await takeStanding(tx, move);
  const { value, since } = COLUMNS[move.scheme];
  await tx.run(
    `update credit_standings
        set ${value} = $2, ${since} = case when ${value} is distinct from $2 then $3::date else ${since} end,
            grade_month = case when $6 = 'grade' then coalesce($4::date, grade_month) else grade_month end,
            grade_n = case when $6 = 'grade' then coalesce($5::integer, grade_n) else grade_n end,
            score_id = coalesce($7, score_id), watch = coalesce($8::boolean, watch), changed_at = clock_timestamp()
      where account_id = $1`,
    [
      move.accountId,
      move.to,
      move.onDate,
      move.line?.month ?? null,
      move.line?.n ?? null,
      move.scheme,
      move.scoreId ?? null,
      move.watch ?? null,
    ],
  );
  if (from === move.to) return { from };
  await tx.run(
    `insert into credit_moves (company_id, centre_id, account_id, scheme, from_value, to_value, on_date, cause, moved_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      move.companyId,
      move.centreId,
      move.accountId,
      move.scheme,
      from,
      move.to,
      move.onDate,
      move.cause,
      move.by,
    ],
  );
  await endMeasures(tx, { ...move, unlessGivenBy: move.to });
  const of = {
    ...move,
    supply: { category: supply.category, capacityKva: supply.capacity_kva },
    givenBy: move.to,
    calendar: await readCalendar(tx, move.companyId),
  };
  await putMeasures(tx, of, consequencesOf(move.scheme, move.to, of.supply, move.policy));
  await keepRecord(
    tx,
    { ...move, openCase: null },
    {
      action: `credit.${move.scheme}-moved`,
      factId: `${move.accountId}/${move.scheme}/${move.onDate}/${move.cause}`,
      actor: move.by,
      occurredAt: move.occurredAt,
      body: { scheme: move.scheme, from, to: move.to, onDate: move.onDate, cause: move.cause },
    },
  );
  return { from };
}
