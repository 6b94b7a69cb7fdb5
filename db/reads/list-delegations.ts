import type { Tx } from '../database.ts';

export interface DelegationItem {
  delegationId: string;
  fromPerson: string;
  toPerson: string;
  role: string;
  validFrom: string;
  validTo: string;
}

const COLUMNS = `delegation_id as "delegationId", from_person as "fromPerson", to_person as "toPerson", role,
       valid_from as "validFrom", valid_to as "validTo"`;

/** Who signs for whom; `standing` leaves out those that are over. The soonest to end first. */
export function listDelegations(
  tx: Tx,
  query: { standing: boolean; after: string[] | undefined; limit: number },
): Promise<DelegationItem[]> {
  return tx.rows<DelegationItem>(
    `select ${COLUMNS} from delegations
      where (not $1::boolean or valid_to > clock_timestamp())
        and ($2::timestamptz is null or (date_trunc('milliseconds', valid_to), delegation_id) > ($2, $3))
      order by date_trunc('milliseconds', valid_to), delegation_id limit $4`,
    [query.standing, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}

export function findDelegation(tx: Tx, delegationId: string): Promise<DelegationItem | undefined> {
  return tx.row<DelegationItem>(`select ${COLUMNS} from delegations where delegation_id = $1`, [
    delegationId,
  ]);
}
