import type { ReconcileAt } from '../contract.ts';
import { act, type ActivityDeps } from '../deps.ts';
import { meetDifference } from './meet-difference.ts';

interface Row {
  permitId: string;
  accountId: string;
  centreId: string;
  caseId: string;
  status: string;
}

const COLUMNS = `p.permit_id as "permitId", p.account_id as "accountId", p.centre_id as "centreId", p.case_id as "caseId", p.status`;

/** A permit lives ten minutes; one that nobody used is over, and its row says so (T2.7). */
const LEFT = `
select ${COLUMNS} from permits p left join case_clocks k using (account_id)
 where p.status = 'granted' and p.expires_at < clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms'`;

const WITHOUT_STOP = `
select ${COLUMNS} from permits p
 where p.status = 'used' and not exists (select from stops s where s.permit_id = p.permit_id)`;

/** Permits against the stops that they led to. */
export const comparePermits =
  (deps: ActivityDeps) =>
  async (at: ReconcileAt): Promise<number> => {
    const [left, alone] = await act(deps, at, async (tx) => [
      await tx.rows<Row>(LEFT),
      await tx.rows<Row>(WITHOUT_STOP),
    ]);
    for (const { permitId, status, ...of } of left ?? [])
      await meetDifference(
        deps,
        at,
        { kind: 'permit-left-granted', subjectId: permitId, ...of, detail: { status } },
        () =>
          act(deps, at, async (tx) => {
            await tx.run(
              `update permits set status = 'expired' where permit_id = $1 and status = 'granted'`,
              [permitId],
            );
          }),
      );
    for (const { permitId, status, ...of } of alone ?? [])
      await meetDifference(deps, at, {
        kind: 'permit-used-without-stop',
        subjectId: permitId,
        ...of,
        detail: { status },
      });
    return (left?.length ?? 0) + (alone?.length ?? 0);
  };
