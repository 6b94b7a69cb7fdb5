import { countedStanding, type CountedStanding } from '../../rules/credit/counted-standing.ts';
import type { HeldStanding } from '../../rules/credit/rights.ts';
import type { Tx } from '../database.ts';

/** What counts of each account's standing now, under objection too (L5); whoever is out of reach is not in it. */
export async function readCounted(
  tx: Tx,
  accountIds: readonly string[],
): Promise<Map<string, CountedStanding>> {
  const rows = await tx.rows<HeldStanding & { accountId: string; objected: boolean }>(
    `select a.account_id as "accountId", s.grade, s.colour, s.score_grade as "scoreGrade",
            s.objected_at is not null or exists (
              select from credit_objections o where o.account_id = a.account_id and o.decided_at is null) as objected
       from accounts a left join credit_standings s using (account_id) where a.account_id = any ($1)`,
    [accountIds],
  );
  return new Map(
    rows.map(({ accountId, objected, ...held }) => [accountId, countedStanding(held, objected)]),
  );
}
