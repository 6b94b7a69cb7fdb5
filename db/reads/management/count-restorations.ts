import type { Tx } from '../../database.ts';
import { firstInstant } from './shanghai-days.ts';

export interface RestorationCount {
  centreId: string;
  /** Hours that the light took to come back, up to and including: 2, 4, 8, 12, 24; 25 = longer. */
  withinHours: number;
  restored: number;
  missed: number;
}

/** Restorations of the last days by how long they took from their cause on (T3.3). */
export const countRestorations = (
  tx: Tx,
  query: { days: number; centreId: string | null },
): Promise<RestorationCount[]> =>
  tx.rows<RestorationCount>(
    `select centre_id as "centreId",
            case when took <= interval '2 hours' then 2 when took <= interval '4 hours' then 4 when took <= interval '8 hours' then 8
                 when took <= interval '12 hours' then 12 when took <= interval '24 hours' then 24 else 25 end as "withinHours",
            count(*)::int as restored, count(*) filter (where missed)::int as missed
       from (select centre_id, restored_at - cause_at as took, missed from restorations
              where restored_at is not null and recorded_at >= ${firstInstant('$1')}
                and ($2::text is null or centre_id = $2)) done
      group by 1, 2 order by 1, 2`,
    [query.days, query.centreId],
  );
