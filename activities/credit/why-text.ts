import { JUDGEMENT } from '../../db/credit/judgement-sql.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../db/database.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { explainMove, type MoveToExplain } from '../../rules/credit/explain-move.ts';
import type { Text } from '../../systems/messages/words.ts';
import type { MatterMoment } from './matters-contract.ts';

/** Why somebody is moved down, in a sentence with their own figures (K3, K8.1). */
export async function whyText(tx: Tx, { companyId, subjectId, nowMs }: MatterMoment): Promise<Text> {
  const move = await tx.row<MoveToExplain>(
    `select m.scheme, m.to_value as "to", m.code, ${JUDGEMENT} from credit_downgrades m where m.downgrade_id = $1`,
    [subjectId],
  );
  if (move === undefined) throw new Error(`downgrade ${subjectId} is not stored`);
  const policy = await readCreditPolicy(tx, companyId, move.facts?.asOf ?? civilDateAt(nowMs));
  return { subject: move.code, ...explainMove(move, policy) };
}
