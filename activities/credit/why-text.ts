import type { Tx } from '../../db/database.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { reasonText } from '../../rules/reasons/reason-text.ts';
import type { Text } from '../../systems/messages/words.ts';

/** Which judgement. */
export interface JudgementOf {
  accountId: string;
  month: CivilDate | null;
  n: number | null;
  code: string;
}

/** Why somebody is judged so, in a sentence with their own figures (K3, K8.1). */
export async function whyText(tx: Tx, of: JudgementOf): Promise<Text> {
  const facts =
    of.month === null
      ? undefined
      : await tx.row<Record<string, string | number>>(
          `select oldest_days as "oldestDays", owed_fen as "owedFen", late_bills as "lateBills",
                  coalesce(offence_on::text, '') as "offenceOn"
             from credit_grades where account_id = $1 and month = $2 and n = $3`,
          [of.accountId, of.month, of.n],
        );
  const reason = { code: of.code, clause: 'G1', params: facts ?? {} };
  return { subject: of.code, zh: reasonText(reason, 'zh'), en: reasonText(reason, 'en') };
}
