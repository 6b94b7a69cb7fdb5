import { endMeasures } from '../../../db/credit/put-measures.ts';
import type { Tx } from '../../../db/database.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import type { Scheme, Standing } from '../../../rules/credit/scheme.ts';
import type { AccountInHand } from '../../take-account.ts';
import type { Harm } from './mend-harm.ts';

interface InForce {
  downgradeId: string;
  scheme: Scheme;
  from: Standing;
  to: Standing;
  now: Standing | null;
}

/** What fell with the harm: records that were annulled, adjustments that ended. */
export interface Fallen {
  readonly recordIds: readonly string[];
  readonly adjustmentIds: readonly string[];
}

/**
 * Moves down in force, the newest first, that rest on what fell: a grade or colour on the day of the offence that its line names,
 * a score on any such record that was known to it or on the adjustment that it counts.
 */
const RESTING = `
select d.downgrade_id as "downgradeId", d.scheme, d.from_value as "from", d.to_value as "to",
       case d.scheme when 'grade' then s.grade::text when 'colour' then s.colour else s.score_grade end as "now"
  from credit_downgrades d join credit_standings s using (account_id)
 where d.account_id = $1 and d.status = 'in-force'
   and (exists (select from credit_grades g join credit_records r on r.account_id = g.account_id and r.occurred_on = g.offence_on
                 where g.account_id = d.account_id and g.month = d.month and g.n = d.n and d.code in ('offence', 'fresh-offence')
                   and r.record_id = any ($2)
                   and not exists (select from credit_records other
                                    where other.account_id = r.account_id and other.occurred_on = r.occurred_on
                                      and other.kind in ('theft', 'violation') and other.confirmed
                                      and not exists (select from credit_annulments n where n.record_id = other.record_id)
                                      and not exists (select from credit_records later where later.replaces = other.record_id)))
        or exists (select from credit_scores c where c.score_id = d.score_id
                      and (c.adjustment_id = any ($3)
                           or exists (select from credit_records r where r.record_id = any ($2) and r.recorded_at <= c.recorded_at))))
 order by d.effective_on desc, d.recorded_at desc`;

/** What holds is what held before; its line is the last that said so. */
const BACK: Readonly<Record<Scheme, string>> = {
  grade: `update credit_standings s set grade = $2, grade_since = $3, changed_at = clock_timestamp(),
                 grade_month = coalesce(line.month, s.grade_month), grade_n = coalesce(line.n, 0)
            from (select 1) one left join lateral (
                   select month, n from credit_grades where account_id = $1 and grade = $2 order by month desc, n desc limit 1) line on true
           where s.account_id = $1`,
  colour: `update credit_standings set colour = $2, colour_since = $3, changed_at = clock_timestamp() where account_id = $1`,
  score: `update credit_standings set score_grade = $2, score_since = $3, changed_at = clock_timestamp(),
                 score_id = (select score_id from credit_scores where account_id = $1 and score_grade = $2 order by recorded_at desc limit 1)
           where account_id = $1`,
};

/**
 * Puts a customer back where they stood before the moves down that rest on what fell, so that whatever is still to be said of them
 * is a move down of its own: decided by a person, told, and only then in force (L7). Nothing a person decided on other grounds moves.
 */
export async function putBack(
  tx: Tx,
  account: AccountInHand,
  fallen: Fallen,
  harm: Pick<Harm, 'by' | 'factId'>,
): Promise<void> {
  const { accountId } = account;
  const onDate = civilDateAt(account.nowMs);
  const resting = await tx.rows<InForce>(RESTING, [accountId, fallen.recordIds, fallen.adjustmentIds]);
  const now = new Map(resting.map(({ scheme, now: value }) => [scheme, value]));
  for (const { scheme, from, to } of resting) {
    if (now.get(scheme) !== to) continue;
    now.set(scheme, from);
    await tx.run(BACK[scheme], [accountId, from, onDate]);
    await tx.run(
      `insert into credit_moves (company_id, centre_id, account_id, scheme, from_value, to_value, on_date, cause, moved_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [account.companyId, account.centreId, accountId, scheme, to, from, onDate, harm.factId, harm.by],
    );
    await endMeasures(tx, { accountId, scheme, unlessGivenBy: from, by: harm.by });
  }
}
