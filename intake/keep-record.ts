import { appendAudit } from '../db/audit/append-audit.ts';
import { json, type Tx } from '../db/database.ts';
import { PRIORITY } from '../db/outbox/put-outbox.ts';

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

/** The line and, for those who have asked for such events by then, the announcement: one round trip, for it is on the way of money. */
const KEEP = `
with line as (
  insert into audit (company_id, chain_id, n, actor, action, body, occurred_at, prev_hash, hash)
  values ($1, $2, 0, $3, $4, $5, $6, '', '') returning 1)
insert into outbox (company_id, kind, outbox_key, priority, payload)
select $1, 'webhook', $7, $8, $9 from line
 where exists (select from webhook_subscriptions where ended_at is null and ($4 = any (events) or '*' = any (events)))
on conflict (outbox_key) do nothing`;

/** Writes one act into the history of the case (of the account where there is none) and announces it to webhooks. */
export async function keepRecord(tx: Tx, of: RecordOf, act: RecordedAct): Promise<void> {
  const caseId = act.caseId ?? of.openCase?.caseId ?? null;
  const line = {
    companyId: of.companyId,
    chainId: caseId ?? of.accountId,
    actor: act.actor,
    action: act.action,
    body: { ...act.body, accountId: of.accountId },
    occurredAt: act.occurredAt,
  };
  if (act.silent) return appendAudit(tx, line);
  const told = {
    event: act.action,
    caseId,
    accountId: of.accountId,
    occurredAt: act.occurredAt,
    data: act.body,
  };
  await tx.run(KEEP, [
    ...[line.companyId, line.chainId, line.actor, line.action, json(line.body), line.occurredAt],
    ...[`webhook/${act.action}/${act.factId}`, PRIORITY.webhook, json(told)],
  ]);
}
