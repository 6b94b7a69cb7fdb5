import type { Tx } from '../../db/database.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { NoticeKind } from '../../rules/service/facts.ts';

/** A notice with what its service is measured against. */
export interface NoticeRow {
  noticeId: string;
  accountId: string;
  caseId: string;
  kind: NoticeKind;
  attempt: number;
  status: 'prepared' | 'served' | 'not-served' | 'stale';
  /** Days on which the attempt's red notice may be served. */
  candidateDates: CivilDate[];
  agreedAddress: { agreedOn: CivilDate; revokedOn: CivilDate | null } | null;
  /** Case time, ISO. */
  preparedAt: string;
  /** Days on which it left for the e-address. */
  sentOn: CivilDate[];
}

type Row = Omit<NoticeRow, 'agreedAddress'> & { agreedOn: CivilDate | null; revokedOn: CivilDate | null };

/** The agreement counts that belongs to the channel by which this notice was sent (L8). */
export async function readNotice(tx: Tx, noticeId: string): Promise<NoticeRow | undefined> {
  const row = await tx.row<Row>(
    `select n.notice_id as "noticeId", n.account_id as "accountId", n.case_id as "caseId", n.kind, n.attempt, n.status,
            coalesce((select array_agg(c ->> 'serviceDate') from stop_plans p, jsonb_array_elements(p.candidates) c
                       where p.case_id = n.case_id and p.attempt = n.attempt), '{}') as "candidateDates",
            n.occurred_at as "preparedAt",
            coalesce((select array_agg(distinct to_char(m.occurred_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) from messages m
                       where m.notice_id = n.notice_id and m.channel in ('sms', 'email')
                         and m.status not in ('prepared', 'failed')), '{}') as "sentOn",
            agreed.agreed_on as "agreedOn", agreed.revoked_on as "revokedOn"
       from notices n
       left join lateral (
         select a.agreed_on, a.revoked_on from agreed_addresses a join messages m on m.notice_id = n.notice_id
          where a.account_id = n.account_id and a.channel = m.channel
          order by a.agreed_on desc limit 1) agreed on true
      where n.notice_id = $1`,
    [noticeId],
  );
  if (row === undefined) return undefined;
  const { agreedOn, revokedOn, ...notice } = row;
  return { ...notice, agreedAddress: agreedOn === null ? null : { agreedOn, revokedOn } };
}
