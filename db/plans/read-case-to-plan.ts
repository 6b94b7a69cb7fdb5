import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { Tx } from '../database.ts';

/** What choosing a stop day has to know of a case besides its account and its bills. */
export interface CaseToPlan {
  firstServedOn: CivilDate | null;
  /** The yellow notice stands through every attempt. */
  yellowServedOn: CivilDate | null;
  /** Money that a channel has taken and billing has neither posted nor given back, whole fen. */
  inFlightFen: number;
  stopInForce: boolean;
}

export async function readCaseToPlan(tx: Tx, caseId: string, accountId: string): Promise<CaseToPlan> {
  const row = await tx.row<CaseToPlan>(
    `select (select max(served_on) from notices where case_id = $1 and kind = 'first-dunning' and status = 'served')
              as "firstServedOn",
            (select max(served_on) from notices where case_id = $1 and kind = 'yellow' and status = 'served')
              as "yellowServedOn",
            coalesce((select sum(p.amount_fen) from payments p
                       where p.account_id = $2 and p.status = 'in-flight'
                         and not exists (select from payments q where q.company_id = p.company_id
                                            and q.payment_id = p.payment_id and q.status <> 'in-flight')), 0)::bigint
              as "inFlightFen",
            exists (select from stops where account_id = $2 and in_force) as "stopInForce"`,
    [caseId, accountId],
  );
  if (row === undefined) throw new Error(`case ${caseId}: nothing to plan from`);
  return row;
}
