import type { Tx } from '../database.ts';

export interface AlarmItem {
  alarmId: string;
  kind: string;
  subjectId: string;
  accountNo: string | null;
  centreId: string | null;
  caseId: string | null;
  detail: Record<string, unknown>;
  raisedAt: string;
  clearedAt: string | null;
}

/** Alarms that stand, or that were mended; newest first. */
export function listAlarms(
  tx: Tx,
  query: { standing: boolean; kind: string | undefined; before: string[] | undefined; limit: number },
): Promise<AlarmItem[]> {
  return tx.rows<AlarmItem>(
    `select alarm_id as "alarmId", kind, subject_id as "subjectId", a.account_no as "accountNo", l.centre_id as "centreId",
            l.case_id as "caseId", detail, raised_at as "raisedAt", cleared_at as "clearedAt"
       from alarms l left join accounts a using (account_id)
      where (cleared_at is null) = $1 and ($2::text is null or kind = $2)
        and ($3::timestamptz is null or (raised_at, alarm_id) < ($3, $4))
      order by raised_at desc, alarm_id desc limit $5`,
    [query.standing, query.kind ?? null, query.before?.[0] ?? null, query.before?.[1] ?? null, query.limit],
  );
}
