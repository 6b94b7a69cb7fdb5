import type { Tx } from '../database.ts';

export interface PaperItem {
  paperKey: string;
  kind: string;
  caseId: string | null;
  accountNo: string;
  centreId: string;
  submissionId: string | null;
  submittedAt: string | null;
  receiptAt: string | null;
  receiptBy: string | null;
  recordedAt: string;
}

/** Milliseconds: what a cursor can carry. */
const AT = `date_trunc('milliseconds', p.recorded_at)`;
const COLUMNS = `p.paper_key as "paperKey", p.kind, p.case_id as "caseId", a.account_no as "accountNo",
       p.centre_id as "centreId", p.submission_id as "submissionId", p.submitted_at as "submittedAt",
       p.receipt_at as "receiptAt", p.receipt_by as "receiptBy", ${AT} as "recordedAt"`;

/** Papers for authorities, those without a receipt or those with one, oldest first (L2.gov, T3.5). */
export function listPapers(
  tx: Tx,
  query: { waiting: boolean; after: string[] | undefined; limit: number },
): Promise<PaperItem[]> {
  return tx.rows<PaperItem>(
    // The page first: joined at once, the account of every paper there is was looked up.
    `with page as materialized (
       select * from papers p
        where (p.receipt_at is null) = $1 and ($2::timestamptz is null or (${AT}, p.paper_key) > ($2, $3))
        order by ${AT}, p.paper_key limit $4
     )
     select ${COLUMNS} from page p join accounts a using (account_id) order by ${AT}, p.paper_key`,
    [query.waiting, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}

/** One paper with its sealed text. */
export function findPaper(tx: Tx, paperKey: string): Promise<(PaperItem & { textEnc: Buffer }) | undefined> {
  return tx.row<PaperItem & { textEnc: Buffer }>(
    `select ${COLUMNS}, p.text_enc as "textEnc" from papers p join accounts a using (account_id) where p.paper_key = $1`,
    [paperKey],
  );
}
