import type { Vault } from '../keys/vault.ts';
import type { Tx } from '../database.ts';

interface Paged {
  after: string[] | undefined;
  limit: number;
}

/** What stands in a sealed column, opened for whoever may see the matter; null = nothing there. */
const opened = (vault: Vault, sealed: Buffer | null): string | null =>
  sealed === null ? null : vault.open(sealed);

export interface ObjectionItem {
  objectionId: string;
  accountNo: string;
  centreId: string;
  scheme: string;
  subjectId: string | null;
  status: string;
  channel: string;
  outsideCheck: boolean;
  filedBy: string;
  occurredAt: string;
  dueAt: string;
  escalatedAt: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  words: string;
  decision: string | null;
}

const OBJECTION = `
select o.objection_id as "objectionId", a.account_no as "accountNo", o.centre_id as "centreId", o.scheme, o.subject_id as "subjectId",
       o.status, o.channel, o.outside_check as "outsideCheck", o.filed_by as "filedBy", o.occurred_at as "occurredAt",
       o.due_at as "dueAt", o.escalated_at as "escalatedAt", o.decided_by as "decidedBy", o.decided_at as "decidedAt",
       o.words_enc, o.decision_enc
  from credit_objections o join accounts a using (account_id)`;

type Sealed<T> = Omit<T, 'words' | 'decision'> & { words_enc: Buffer; decision_enc: Buffer | null };

function openWords<T extends { words: string; decision: string | null }>(vault: Vault, row: Sealed<T>): T {
  const { words_enc: words, decision_enc: decision, ...rest } = row;
  return { ...rest, words: vault.open(words), decision: opened(vault, decision) } as unknown as T;
}

/** Objections that wait for a decision, the soonest due first (L5); or all of one account. */
export async function listObjections(
  tx: Tx,
  vault: Vault,
  query: Paged & { accountId: string | null },
): Promise<ObjectionItem[]> {
  const rows = await tx.rows<Sealed<ObjectionItem>>(
    `${OBJECTION} where ($1::text is null and o.decided_at is null or o.account_id = $1)
        and ($2::timestamptz is null or (o.due_at, o.objection_id) > ($2, $3))
      order by o.due_at, o.objection_id limit $4`,
    [query.accountId, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
  return rows.map((row) => openWords<ObjectionItem>(vault, row));
}

export interface RepairItem {
  repairId: string;
  accountNo: string;
  centreId: string;
  recordId: string | null;
  status: string;
  correctedOn: string | null;
  paidOn: string | null;
  cleanUntil: string | null;
  appliedBy: string;
  verifiedBy: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  endedReason: string | null;
  occurredAt: string;
  words: string;
  decision: string | null;
}

/** Repairs under way, the oldest first (K7); or all of one account. */
export async function listRepairs(
  tx: Tx,
  vault: Vault,
  query: Paged & { accountId: string | null },
): Promise<RepairItem[]> {
  const rows = await tx.rows<Sealed<RepairItem>>(
    `select r.repair_id as "repairId", a.account_no as "accountNo", r.centre_id as "centreId", r.record_id as "recordId", r.status,
            r.corrected_on as "correctedOn", r.paid_on as "paidOn", r.clean_until as "cleanUntil", r.applied_by as "appliedBy",
            r.verified_by as "verifiedBy", r.decided_by as "decidedBy", r.decided_at as "decidedAt",
            r.ended_reason as "endedReason", r.occurred_at as "occurredAt", r.words_enc, r.decision_enc
       from credit_repairs r join accounts a using (account_id)
      where ($1::text is null and r.decided_at is null or r.account_id = $1)
        and ($2::timestamptz is null or (r.occurred_at, r.repair_id) > ($2, $3))
      order by r.occurred_at, r.repair_id limit $4`,
    [query.accountId, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
  return rows.map((row) => openWords<RepairItem>(vault, row));
}

/** Whose repair it is. */
export const findRepairAccount = (
  tx: Tx,
  repairId: string,
): Promise<{ accountId: string; accountNo: string } | undefined> =>
  tx.row(
    `select a.account_id as "accountId", a.account_no as "accountNo"
       from credit_repairs r join accounts a using (account_id) where r.repair_id = $1`,
    [repairId],
  );

export interface DowngradeItem {
  downgradeId: string;
  accountNo: string;
  centreId: string;
  scheme: string;
  from: string;
  to: string;
  code: string;
  status: string;
  facts: Record<string, unknown> | null;
  decidedBy: string | null;
  replyUntil: string | null;
  repliedAt: string | null;
  replyAnswer: string | null;
  effectiveOn: string | null;
  endedReason: string | null;
  occurredAt: string;
  reply: string | null;
  decision: string | null;
}

const DOWNGRADE = `
select d.downgrade_id as "downgradeId", a.account_no as "accountNo", d.centre_id as "centreId", d.scheme, d.from_value as "from",
       d.to_value as "to", d.code, d.status,
       (select jsonb_build_object('oldestDays', g.oldest_days, 'owedFen', g.owed_fen, 'lateBills', g.late_bills, 'bills', g.bills,
                                  'offenceOn', g.offence_on, 'asOf', g.as_of, 'policyVersion', g.policy_version)
          from credit_grades g where g.account_id = d.account_id and g.month = d.month and g.n = d.n) as facts,
       d.decided_by as "decidedBy", d.reply_until as "replyUntil", d.replied_at as "repliedAt", d.reply_answer as "replyAnswer",
       d.effective_on as "effectiveOn", d.ended_reason as "endedReason", d.occurred_at as "occurredAt", d.reply_enc, d.decision_enc
  from credit_downgrades d join accounts a using (account_id)`;

/** Harmful moves of one status, in the order of their ids (L7); or all of one account. */
export async function listDowngrades(
  tx: Tx,
  vault: Vault,
  query: Paged & { status: string; accountId: string | null },
): Promise<DowngradeItem[]> {
  const rows = await tx.rows<
    Omit<DowngradeItem, 'reply' | 'decision'> & { reply_enc: Buffer | null; decision_enc: Buffer | null }
  >(
    `${DOWNGRADE} where ($1::text is null and d.status = $2 or d.account_id = $1) and ($3::text is null or d.downgrade_id > $3)
      order by d.downgrade_id limit $4`,
    [query.accountId, query.status, query.after?.[0] ?? null, query.limit],
  );
  return rows.map(({ reply_enc: reply, decision_enc: decision, ...row }) => ({
    ...row,
    reply: opened(vault, reply),
    decision: opened(vault, decision),
  }));
}

export interface ExportItem {
  exportId: string;
  accountNo: string;
  centreId: string;
  kind: string;
  subjectId: string;
  basisId: string;
  status: string;
  statedOn: string;
  noticeUntil: string | null;
  proposedBy: string;
  approvedBy: string | null;
  sentAt: string | null;
  acknowledgedAt: string | null;
  withdrawReason: string | null;
  withdrawnAt: string | null;
  refusedCode: string | null;
}

/** Reports to the public platform of one status, in the order of their ids (H4); or all of one account. */
export function listExports(
  tx: Tx,
  query: Paged & { status: string; accountId: string | null },
): Promise<ExportItem[]> {
  return tx.rows<ExportItem>(
    `select e.export_id as "exportId", a.account_no as "accountNo", e.centre_id as "centreId", e.kind, e.subject_id as "subjectId",
            e.basis_id as "basisId", e.status, e.stated_on as "statedOn", e.notice_until as "noticeUntil",
            e.proposed_by as "proposedBy", e.approved_by as "approvedBy", e.sent_at as "sentAt",
            e.acknowledged_at as "acknowledgedAt", e.withdraw_reason as "withdrawReason", e.withdrawn_at as "withdrawnAt",
            e.refused_code as "refusedCode"
       from credit_exports e join accounts a using (account_id)
      where ($1::text is null and e.status = $2 or e.account_id = $1) and ($3::text is null or e.export_id > $3)
      order by e.export_id limit $4`,
    [query.accountId, query.status, query.after?.[0] ?? null, query.limit],
  );
}
