import type { Tx } from '../database.ts';

export interface RestorationItem {
  stopId: string;
  accountNo: string;
  centreId: string;
  status: string;
  causeAt: string;
  promiseAt: string;
  deadlineAt: string;
  missed: boolean;
  safetyConfirmedAt: string | null;
  restoredAt: string | null;
}

const SELECT = `select r.stop_id as "stopId", a.account_no as "accountNo", r.centre_id as "centreId", r.status,
       r.cause_at as "causeAt", r.promise_at as "promiseAt", r.deadline_at as "deadlineAt", r.missed,
       r.safety_confirmed_at as "safetyConfirmedAt", r.restored_at as "restoredAt"
  from restorations r join accounts a using (account_id)`;

/** Written out, so that the index of the late ones can be taken. */
const missedOnly = (isMissed: boolean | undefined): string =>
  isMissed === undefined ? '' : isMissed ? 'and r.missed' : 'and not r.missed';

/** Restorations of the scope, open ones by deadline or the done ones. */
export function listRestorations(
  tx: Tx,
  query: { open: boolean; isMissed?: boolean; after: string[] | undefined; limit: number },
): Promise<RestorationItem[]> {
  return tx.rows<RestorationItem>(
    `${SELECT}
      where (r.restored_at is null) = $1 ${missedOnly(query.isMissed)}
        and ($2::timestamptz is null or (r.deadline_at, r.stop_id) > ($2, $3))
      order by r.deadline_at, r.stop_id limit $4`,
    [query.open, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}

/** The restoration of a stop; undefined while nothing has made it due. */
export const findRestoration = (tx: Tx, stopId: string): Promise<RestorationItem | undefined> =>
  tx.row<RestorationItem>(`${SELECT} where r.stop_id = $1`, [stopId]);
