import { appendAudit } from '../db/audit/append-audit.ts';
import type { Tx } from '../db/database.ts';
import { putOutbox } from '../db/outbox/put-outbox.ts';

/** The part of an account that a record needs. */
export interface RecordOf {
  companyId: string;
  accountId: string;
  openCase: { caseId: string } | null;
}

export interface RecordedAct {
  /** Stable verb; also the webhook's event name. */
  action: string;
  /** What makes the webhook of this act one, e.g. the fact's id. */
  factId: string;
  actor: string;
  occurredAt: string;
  /** Ids, hashes and numbers only. */
  body: Record<string, unknown>;
  /** The case it belongs to, where that may be closed already; the open one unless told. */
  caseId?: string | null;
  /** Says it in the audit but not to the outside. */
  silent?: boolean;
}

/** Writes one act into the history of the case (of the account where there is none) and announces it to webhooks. */
export async function keepRecord(tx: Tx, of: RecordOf, act: RecordedAct): Promise<void> {
  const caseId = act.caseId ?? of.openCase?.caseId ?? null;
  await appendAudit(tx, {
    companyId: of.companyId,
    chainId: caseId ?? of.accountId,
    actor: act.actor,
    action: act.action,
    body: { ...act.body, accountId: of.accountId },
    occurredAt: act.occurredAt,
  });
  if (act.silent) return;
  await putOutbox(tx, of.companyId, {
    kind: 'webhook',
    key: `webhook/${act.action}/${act.factId}`,
    payload: {
      event: act.action,
      caseId,
      accountId: of.accountId,
      occurredAt: act.occurredAt,
      data: act.body,
    },
  });
}
