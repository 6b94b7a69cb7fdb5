import type { Vault } from '../keys/vault.ts';
import { handInObjection } from '../credit/had-hand.ts';
import type { Tx } from '../database.ts';

/** What is asked of a list of matters, and by whom. */
export interface MattersAsked {
  /** All of this account; null = what waits. */
  accountId: string | null;
  /** This one alone. */
  id: string | null;
  /** Who asks: whether they had a hand in it is answered with it. */
  personId: string;
  after: string[] | undefined;
  limit: number;
}

/** Whose it is, and what time it is for them. */
export interface OfAccount {
  accountNo: string;
  customerName: string;
  centreId: string;
  /** Case time. */
  nowAt: string;
}

/** The columns of `OfAccount`, of a matter `m` joined with accounts `a`; the name still sealed. */
export const OF_ACCOUNT = `a.account_no as "accountNo", a.name_enc, m.centre_id as "centreId",
  clock_timestamp() + coalesce((select offset_ms from case_clocks k where k.account_id = m.account_id), 0) * interval '1 ms' as "nowAt"`;

/** What stands in a sealed column, opened for whoever may see the matter; null = nothing there. */
export const opened = (vault: Vault, sealed: Buffer | null): string | null =>
  sealed === null ? null : vault.open(sealed);

export interface ObjectionItem extends OfAccount {
  objectionId: string;
  hadHand: boolean;
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

/** Whether there was a hand in it is asked of the page alone: asked of all that wait, whole tables were read. */
const OBJECTIONS = `
select m.objection_id as "objectionId", ${OF_ACCOUNT}, m.scheme, m.subject_id as "subjectId", m.status, m.channel,
       m.outside_check as "outsideCheck", m.filed_by as "filedBy", m.occurred_at as "occurredAt", m.due_at as "dueAt",
       m.escalated_at as "escalatedAt", m.decided_by as "decidedBy", m.decided_at as "decidedAt", m.words_enc, m.decision_enc,
       ${handInObjection('m.account_id', 'm.subject_id', '$6')} as "hadHand"
  from (
    select m.* from credit_objections m join accounts a using (account_id)
     where ($5::text is not null or $1::text is null and m.decided_at is null or m.account_id = $1)
       and ($5::text is null or m.objection_id = $5)
       and ($2::timestamptz is null or (m.due_at, m.objection_id) > ($2, $3))
     order by m.due_at, m.objection_id limit $4
  ) m join accounts a using (account_id)
 order by m.due_at, m.objection_id`;

type Sealed<T> = Omit<T, 'words' | 'decision' | 'customerName'> & {
  name_enc: Buffer;
  words_enc: Buffer;
  decision_enc: Buffer | null;
};

function openWords<T extends OfAccount & { words: string; decision: string | null }>(
  vault: Vault,
  row: Sealed<T>,
): T {
  const { name_enc: name, words_enc: words, decision_enc: decision, ...rest } = row;
  const said = {
    customerName: vault.open(name),
    words: vault.open(words),
    decision: opened(vault, decision),
  };
  return { ...rest, ...said } as unknown as T;
}

const valuesOf = ({ accountId, after, limit, id, personId }: MattersAsked) => [
  ...[accountId, after?.[0] ?? null, after?.[1] ?? null, limit, id],
  personId,
];

/** Objections that wait for a decision, the soonest due first (L5); or all of one account. */
export async function listObjections(tx: Tx, vault: Vault, asked: MattersAsked): Promise<ObjectionItem[]> {
  const rows = await tx.rows<Sealed<ObjectionItem>>(OBJECTIONS, valuesOf(asked));
  return rows.map((row) => openWords<ObjectionItem>(vault, row));
}

export interface RepairItem extends OfAccount {
  repairId: string;
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
export async function listRepairs(tx: Tx, vault: Vault, asked: MattersAsked): Promise<RepairItem[]> {
  const rows = await tx.rows<Sealed<RepairItem>>(
    `select m.repair_id as "repairId", ${OF_ACCOUNT}, m.record_id as "recordId", m.status, m.corrected_on as "correctedOn",
            m.paid_on as "paidOn", m.clean_until as "cleanUntil", m.applied_by as "appliedBy", m.verified_by as "verifiedBy",
            m.decided_by as "decidedBy", m.decided_at as "decidedAt", m.ended_reason as "endedReason",
            m.occurred_at as "occurredAt", m.words_enc, m.decision_enc
       from credit_repairs m join accounts a using (account_id)
      where ($5::text is not null or $1::text is null and m.decided_at is null or m.account_id = $1)
        and ($5::text is null or m.repair_id = $5) and $6::text is not null
        and ($2::timestamptz is null or (m.occurred_at, m.repair_id) > ($2, $3))
      order by m.occurred_at, m.repair_id limit $4`,
    valuesOf(asked),
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
