import type { Tx } from '../database.ts';

export interface TaskItem {
  taskId: string;
  kind: string;
  role: string;
  assignee: string | null;
  ref: string;
  caseId: string | null;
  accountNo: string;
  notBefore: string;
  dueAt: string;
  /** Case time of the account. */
  nowAt: string;
  nameEnc: Buffer;
  addressEnc: Buffer;
}

/** Open work of one role in the scope, the most urgent first. */
export function listTasks(
  tx: Tx,
  query: {
    roles: readonly string[];
    assignee?: string | undefined;
    caseId?: string | undefined;
    after: string[] | undefined;
    limit: number;
  },
): Promise<TaskItem[]> {
  return tx.rows<TaskItem>(
    `with page as materialized (
       select * from tasks t
        where t.done_at is null and t.role = any ($1) and ($2::text is null or t.assignee = $2)
          and ($3::text is null or t.case_id = $3)
          and ($4::timestamptz is null or (t.due_at, t.task_id) > ($4, $5))
        order by t.due_at, t.task_id limit $6
     )
     select t.task_id as "taskId", t.kind, t.role, t.assignee, t.ref, t.case_id as "caseId", a.account_no as "accountNo",
            t.not_before as "notBefore", t.due_at as "dueAt", a.name_enc as "nameEnc", a.address_enc as "addressEnc",
            clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms' as "nowAt"
       from page t join accounts a using (account_id) left join case_clocks k using (account_id)
      order by t.due_at, t.task_id`,
    [
      query.roles,
      query.assignee ?? null,
      query.caseId ?? null,
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.limit,
    ],
  );
}
