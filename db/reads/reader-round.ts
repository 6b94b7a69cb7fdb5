import type { Tx } from '../database.ts';

/** A task of a reader's round with the notice or ticket behind it; sealed columns as stored. */
export interface RoundRow {
  taskId: string;
  kind: string;
  ref: string;
  caseId: string | null;
  notBefore: string;
  dueAt: string;
  nowAt: string;
  accountNo: string;
  meterNo: string;
  nameEnc: Buffer;
  addressEnc: Buffer;
  notice: {
    noticeId: string;
    kind: 'first-dunning' | 'yellow' | 'red';
    status: 'prepared' | 'served' | 'not-served' | 'stale';
    sumFen: number;
    principalFen: number;
    lastPaymentOn: string | null;
    stopAt: string | null;
    intervalMinutes: number | null;
    preparedAt: string;
    candidates: { serviceDate: string; stopDate: string; startMinute: number; lastPaymentDate: string }[];
  } | null;
  textEnc: Buffer | null;
  plannedFrom: string | null;
  plannedTo: string | null;
}

/** What a reader does outside. */
export const ROUND_KINDS = [
  'serve-first',
  'serve-yellow',
  'serve-red',
  'tell-in-person',
  'identify-meter',
  'ask-protection',
];

/** Today's open work outside, of one reader or of every reader in the scope, the most urgent first. */
export function listReaderRound(
  tx: Tx,
  query: { readerId: string | undefined; after: string[] | undefined; limit: number },
): Promise<RoundRow[]> {
  return tx.rows<RoundRow>(
    `with page as materialized (
       select t.*, clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms' as now_at
         from tasks t left join case_clocks k using (account_id)
        where t.done_at is null and t.role = 'reader' and t.kind = any ($1) and ($2::text is null or t.assignee = $2)
          and (t.not_before at time zone 'Asia/Shanghai')::date
              <= ((clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms') at time zone 'Asia/Shanghai')::date
          and ($3::timestamptz is null or (t.due_at, t.task_id) > ($3, $4))
        order by t.due_at, t.task_id limit $5
     )
     select t.task_id as "taskId", t.kind, t.ref, t.case_id as "caseId", t.not_before as "notBefore", t.due_at as "dueAt",
            t.now_at as "nowAt", a.account_no as "accountNo", a.meter_no as "meterNo", a.name_enc as "nameEnc",
            a.address_enc as "addressEnc",
            case when n.notice_id is not null then jsonb_build_object(
              'noticeId', n.notice_id, 'kind', n.kind, 'status', n.status, 'sumFen', n.sum_fen,
              'principalFen', n.principal_fen, 'lastPaymentOn', n.last_payment_on, 'stopAt', n.stop_at,
              'intervalMinutes', n.interval_minutes, 'preparedAt', n.occurred_at,
              'candidates', coalesce(p.candidates, '[]')) end as notice,
            n.text_enc as "textEnc", k.planned_from as "plannedFrom", k.planned_to as "plannedTo"
       from page t join accounts a using (account_id)
       left join notices n on n.notice_id = t.ref
       left join stop_plans p on p.case_id = n.case_id and p.attempt = n.attempt and n.kind = 'red'
       left join tickets k on k.ticket_id = t.ref
      order by t.due_at, t.task_id`,
    [ROUND_KINDS, query.readerId ?? null, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
}
