import type { Tx } from '../../database.ts';
import { firstInstant, MIDNIGHT } from './shanghai-days.ts';

export interface RecoveredDay {
  day: string;
  centreId: string;
  payments: number;
  /** Posted less taken back, whole fen. */
  fen: number;
}

/** Money that came in for cases, by the day it was told of (Shanghai), today included; of each payment its posting and its reversal count. */
export const countRecovered = (
  tx: Tx,
  query: { days: number; centreId: string | null },
): Promise<RecoveredDay[]> =>
  tx.rows<RecoveredDay>(
    // Summed by the instant a day begins: a civil date worked out for each of 150,000 rows took longer than adding them up.
    `select (begun at time zone 'Asia/Shanghai')::date as day, "centreId", payments, fen
       from (select date_bin('1 day', recorded_at, ${MIDNIGHT}) as begun, centre_id as "centreId",
                    count(*) filter (where status = 'posted')::int as payments,
                    sum(case status when 'posted' then amount_fen when 'reversed' then -amount_fen else 0 end)::bigint as fen
               from payments
              where case_id is not null and recorded_at >= ${firstInstant('$1')} and ($2::text is null or centre_id = $2)
              group by 1, 2) told
      order by 1, 2`,
    [query.days, query.centreId],
  );
