import type { Tx } from '../../../db/database.ts';
import { placeOf, type Standing } from '../../../rules/credit/scheme.ts';
import { IntakeRefused } from '../../deps.ts';
import type { AccountInHand } from '../../take-account.ts';

/** An objection that is about to be upheld, and the records that are named as wrong. */
export interface Upheld {
  objectionId: string;
  scheme: string;
  subjectId: string | null;
  recordIds: readonly string[];
}

const STRANGERS = `
select x.id from unnest($2::text[]) as x (id)
 where not exists (select from credit_records r where r.record_id = x.id and r.account_id = $1)`;

/** An adjustment that lowered the score, or a dispute about a bill that was upheld since the customer objected. */
const FACTS = `
select exists (select from credit_adjustments j where j.account_id = $1 and j.status = 'accepted' and j.points < 0
                  and o.scheme = 'score') as adjusted,
       exists (select from holds h where h.account_id = $1 and h.kind = 'dispute' and h.end_reason = 'dispute-upheld'
                  and h.ended_at >= o.occurred_at) as disputed
  from credit_objections o where o.objection_id = $2`;

const lastLine = (column: string, when: string): string =>
  `(select ${column} from credit_grades g where g.account_id = $1 ${when} order by month desc, n desc limit 1)`;
const lastScore = (when: string): string =>
  `(select score_grade from credit_scores g where g.account_id = $1 ${when} order by recorded_at desc limit 1)`;

const judged = (when: string): string => `case o.scheme when 'grade' then ${lastLine('grade::text', when)}
  when 'colour' then ${lastLine('colour', when)} when 'score' then ${lastScore(when)} end`;

/** What was judged when the customer objected, and what is judged now. */
const JUDGED = `
select ${judged('and g.recorded_at < o.recorded_at')} as then, ${judged('')} as now
  from credit_objections o where o.objection_id = $2`;

/**
 * An objection is upheld because something was wrong (K8.2, L5): a record, a report, an adjustment, a bill, or what the books have
 * corrected since. Upheld without any it would change nothing, and the same harm would wait again the same day.
 * @throws IntakeRefused `unknown-record` (404), `upheld-names-no-fact` (422)
 */
export async function requireFact(tx: Tx, account: AccountInHand, upheld: Upheld): Promise<void> {
  const { accountId } = account;
  const [stranger] = await tx.rows<{ id: string }>(STRANGERS, [accountId, upheld.recordIds]);
  if (stranger !== undefined) throw new IntakeRefused('unknown-record', 404, { what: stranger.id });
  if (upheld.recordIds.length > 0) return;
  if (upheld.subjectId !== null && (upheld.scheme === 'record' || upheld.scheme === 'export')) return;
  const of = [accountId, upheld.objectionId];
  const facts = await tx.row<{ adjusted: boolean; disputed: boolean }>(FACTS, of);
  if (facts?.adjusted === true || facts?.disputed === true) return;
  const said = await tx.row<{ then: Standing | null; now: Standing | null }>(JUDGED, of);
  const isCorrected =
    said !== undefined && said.then !== null && said.now !== null && placeOf(said.now) < placeOf(said.then);
  if (!isCorrected) throw new IntakeRefused('upheld-names-no-fact', 422);
}
