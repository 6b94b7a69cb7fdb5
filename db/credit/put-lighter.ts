import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { consequencesOf } from '../../rules/credit/consequences.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import type { Scheme, Standing } from '../../rules/credit/scheme.ts';
import { readCalendar } from '../calendar/read-calendar.ts';
import type { Tx } from '../database.ts';
import { putMeasures, restMeasures } from './put-measures.ts';

/** Somebody whose standing became better and is a bad one still, so that no person had to decide it. */
export interface Lighter {
  accountId: string;
  companyId: string;
  centreId: string;
  category: string;
  capacityKva: number | null;
  scheme: Scheme;
  to: Standing;
}

/** Opens what the less bad standing brings, as if a person had decided it (G3.C, H2, K6.2); there are few of them in any run. */
export async function putLighter(
  tx: Tx,
  some: readonly Lighter[],
  at: { onDate: CivilDate; policy: CreditPolicy },
): Promise<void> {
  const [first] = some;
  if (first === undefined) return;
  const calendar = await readCalendar(tx, first.companyId);
  for (const { to, category, capacityKva, ...of } of some) {
    const supply = { category, capacityKva };
    await putMeasures(
      tx,
      { ...of, ...at, supply, givenBy: to, calendar },
      consequencesOf(of.scheme, to, supply, at.policy),
    );
  }
  // Nothing bites while an objection is undecided, what begins meanwhile least of all (L5).
  const objected = await tx.rows<{ accountId: string }>(
    `select distinct account_id as "accountId" from credit_objections where account_id = any ($1) and decided_at is null`,
    [some.map(({ accountId }) => accountId)],
  );
  for (const { accountId } of objected) await restMeasures(tx, accountId);
}
