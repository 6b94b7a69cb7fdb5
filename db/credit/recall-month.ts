import { monthEnd, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { explainColour, explainGrade, type Sentence } from '../../rules/credit/explain.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import type { Tx } from '../database.ts';
import type { Knowledge } from './facts-sql.ts';
import { wordedSql } from './grade-sql.ts';
import type { GradeLine } from './read-credit-file.ts';
import { readCreditPolicy } from './read-credit-policy.ts';

/** A month judged again, with nothing kept of it. */
export type Recalled = Omit<GradeLine, 'n' | 'month' | 'cause' | 'recordedAt'> & {
  /** What was recorded later was not looked at (ISO, UTC). */
  knownAt: string;
  why: Sentence;
  colourWhy: Sentence;
};

const AS_TEXT = (at: string): string => `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * When the month was judged after it was over: by the account's first line of then, or by the run that found nothing to write of it;
 * else the end of the month itself. To the microsecond, as facts are recorded. $1 account, $2 last day.
 */
const JUDGED_AT = `
select ${AS_TEXT(`coalesce(least(
  (select min(g.recorded_at) from credit_grades g
    where g.account_id = $1 and g.month = date_trunc('month', $2::date)::date and g.as_of = $2::date and g.recorded_at >= month_end.at),
  (select min(r.finished_at) from credit_runs r
    where r.kind = 'grade' and not r.dry and r.as_of = $2::date and r.status = 'done' and r.known_at >= month_end.at)),
  month_end.at)`)} as "then", ${AS_TEXT('clock_timestamp()')} as "now"
  from (select ($2::date + 1)::timestamp at time zone 'Asia/Shanghai' as at) month_end`;

const recallSql = (policy: CreditPolicy, knowledge: Knowledge): string => `
with ${wordedSql(policy, knowledge, 'one')}
select $1::date as "asOf", grade, code, watch, colour, colour_code as "colourCode", oldest_days as "oldestDays", owed_fen as "owedFen",
       late_bills as "lateBills", bills, offence_on as "offenceOn", customer_since as "customerSince", deferred
  from worded`;

async function recall(
  tx: Tx,
  at: { accountId: string; asOf: CivilDate; knownAt: string; knowledge: Knowledge; policy: CreditPolicy },
): Promise<Recalled | null> {
  const { accountId, asOf, knownAt, knowledge, policy } = at;
  const row = await tx.row<Omit<Recalled, 'policyVersion' | 'knownAt' | 'why' | 'colourWhy'>>(
    recallSql(policy, knowledge),
    [asOf, '', knownAt, accountId],
  );
  if (row === undefined) return null;
  return {
    ...row,
    policyVersion: policy.version,
    knownAt,
    why: explainGrade(row.grade, row.code, row, policy),
    colourWhy: explainColour(row.colour, row.colourCode, row, policy),
  };
}

/**
 * What a month that is over comes to, from what was known when it was judged (or at `knownAt`, ISO) and from what is known now, both
 * by the definitions of the month; writes nothing (G2.1). null: by then the account had become part of another.
 */
export async function recallMonth(
  tx: Tx,
  at: { companyId: string; accountId: string; month: CivilDate; knownAt: string | null },
): Promise<{ asKnownThen: Recalled | null; asKnownNow: Recalled | null }> {
  const { companyId, accountId } = at;
  const asOf = monthEnd(at.month);
  const policy = await readCreditPolicy(tx, companyId, asOf);
  const moments = await tx.row<{ then: string; now: string }>(JUDGED_AT, [accountId, asOf]);
  if (moments === undefined) throw new Error('the database told no time');
  const then = { accountId, asOf, policy, knowledge: 'then', knownAt: at.knownAt ?? moments.then } as const;
  return {
    asKnownThen: await recall(tx, then),
    asKnownNow: await recall(tx, { ...then, knowledge: 'now', knownAt: moments.now }),
  };
}
