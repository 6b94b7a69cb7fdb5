import type { Tx } from '../database.ts';

export interface CaseItem {
  caseId: string;
  accountNo: string;
  centreId: string;
  status: string;
  stage: string;
  attempt: number;
  outcome: string | null;
  openedAt: string;
  stageSince: string;
  nameEnc: Buffer;
  /** Open principal of electricity bills, whole fen. */
  openFen: number;
  /** The stop of this attempt where its day is fixed, else the first day that it may be on. */
  stopAt: string | null;
  stopOn: string | null;
  nextWakeAt: string | null;
}

/** Cases of the scope, newest first, by stage, centre, reader or account. */
export function listCases(
  tx: Tx,
  query: {
    status?: string | undefined;
    stage?: string | undefined;
    centreId?: string | undefined;
    readerId?: string | undefined;
    accountNo?: string | undefined;
    before?: string[] | undefined;
    limit: number;
  },
): Promise<CaseItem[]> {
  return tx.rows<CaseItem>(
    // The page is found along an index first and only then dressed: joined at once, all accounts of the scope were read.
    `with page as materialized (
       select * from cases c
        where ($1::text is null or c.status = $1) and ($2::text is null or c.stage = $2)
          and ($3::text is null or c.centre_id = $3)
          and ($8::text is null or c.reader_id = $8)
          and ($4::text is null or c.account_id = (select account_id from accounts where account_no = $4))
          and ($5::timestamptz is null or (c.opened_at, c.case_id) < ($5, $6))
        order by c.opened_at desc, c.case_id desc limit $7
     )
     select c.case_id as "caseId", a.account_no as "accountNo", c.centre_id as "centreId", c.status, c.stage, c.attempt,
            c.outcome, c.opened_at as "openedAt", c.stage_since as "stageSince", c.next_wake_at as "nextWakeAt",
            a.name_enc as "nameEnc", p.stop_at as "stopAt", p.candidates -> 0 ->> 'stopDate' as "stopOn",
            (select coalesce(sum(b.principal_fen - b.paid_fen), 0)::bigint from bills b
              where b.account_id = c.account_id and b.service = 'electricity' and b.paid_fen < b.principal_fen) as "openFen"
       from page c join accounts a using (account_id)
            left join stop_plans p on p.case_id = c.case_id and p.attempt = c.attempt and p.status in ('planned', 'approved', 'fixed')
      order by c.opened_at desc, c.case_id desc`,
    [
      query.status ?? null,
      query.stage ?? null,
      query.centreId ?? null,
      query.accountNo ?? null,
      query.before?.[0] ?? null,
      query.before?.[1] ?? null,
      query.limit,
      query.readerId ?? null,
    ],
  );
}
