import { JUDGEMENT } from '../credit/judgement-sql.ts';
import type { MoveToExplain } from '../../rules/credit/explain-move.ts';
import type { CreditFacts } from '../../rules/credit/facts.ts';
import type { Scheme } from '../../rules/credit/scheme.ts';
import { handInDowngrade } from '../credit/had-hand.ts';
import type { Tx } from '../database.ts';
import type { Vault } from '../keys/vault.ts';
import { OF_ACCOUNT, opened, type MattersAsked, type OfAccount } from './list-credit-matters.ts';

export interface DowngradeItem extends OfAccount {
  downgradeId: string;
  hadHand: boolean;
  scheme: Scheme;
  from: string;
  to: string;
  code: string;
  status: string;
  facts: (CreditFacts & { policyVersion: string }) | null;
  scored: MoveToExplain['scored'];
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

/** Judgement and hands are asked of the page alone: asked of all of the status, whole tables were read. */
const DOWNGRADES = `
select m.downgrade_id as "downgradeId", ${OF_ACCOUNT}, m.scheme, m.from_value as "from", m.to_value as "to", m.code, m.status,
       ${JUDGEMENT},
       m.decided_by as "decidedBy", m.reply_until as "replyUntil", m.replied_at as "repliedAt", m.reply_answer as "replyAnswer",
       m.effective_on as "effectiveOn", m.ended_reason as "endedReason", m.occurred_at as "occurredAt", m.reply_enc, m.decision_enc,
       ${handInDowngrade('m.account_id', '$6')} as "hadHand"
  from (
    select m.* from credit_downgrades m join accounts a using (account_id)
     where ($5::text is not null or $1::text is null and m.status = $2 or m.account_id = $1)
       and ($5::text is null or m.downgrade_id = $5) and ($3::text is null or m.downgrade_id > $3)
     order by m.downgrade_id limit $4
  ) m join accounts a using (account_id)
 order by m.downgrade_id`;

interface SealedDowngrade extends Omit<DowngradeItem, 'reply' | 'decision' | 'customerName'> {
  name_enc: Buffer;
  reply_enc: Buffer | null;
  decision_enc: Buffer | null;
}

/** Harmful moves of one status, in the order of their ids (L7); or all of one account. */
export async function listDowngrades(
  tx: Tx,
  vault: Vault,
  asked: MattersAsked & { status: string },
): Promise<DowngradeItem[]> {
  const rows = await tx.rows<SealedDowngrade>(DOWNGRADES, [
    asked.accountId,
    asked.status,
    asked.after?.[0] ?? null,
    asked.limit,
    asked.id,
    asked.personId,
  ]);
  return rows.map(({ name_enc: name, reply_enc: reply, decision_enc: decision, ...row }) => ({
    ...row,
    customerName: vault.open(name),
    reply: opened(vault, reply),
    decision: opened(vault, decision),
  }));
}

export interface ExportItem extends OfAccount {
  exportId: string;
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
export async function listExports(
  tx: Tx,
  vault: Vault,
  asked: MattersAsked & { status: string },
): Promise<ExportItem[]> {
  const rows = await tx.rows<Omit<ExportItem, 'customerName'> & { name_enc: Buffer }>(
    `select m.export_id as "exportId", ${OF_ACCOUNT}, m.kind, m.subject_id as "subjectId", m.basis_id as "basisId", m.status,
            m.stated_on as "statedOn", m.notice_until as "noticeUntil", m.proposed_by as "proposedBy",
            m.approved_by as "approvedBy", m.sent_at as "sentAt", m.acknowledged_at as "acknowledgedAt",
            m.withdraw_reason as "withdrawReason", m.withdrawn_at as "withdrawnAt", m.refused_code as "refusedCode"
       from credit_exports m join accounts a using (account_id)
      where ($5::text is not null or $1::text is null and m.status = $2 or m.account_id = $1)
        and ($5::text is null or m.export_id = $5) and ($3::text is null or m.export_id > $3)
      order by m.export_id limit $4`,
    [asked.accountId, asked.status, asked.after?.[0] ?? null, asked.limit, asked.id],
  );
  return rows.map(({ name_enc: name, ...row }) => ({ ...row, customerName: vault.open(name) }));
}
