import type { Tx } from '../../../db/database.ts';
import { IntakeRefused, type Intake } from '../../deps.ts';
import { keepRecord } from '../../keep-record.ts';
import { takeAccount, type AccountInHand } from '../../take-account.ts';
import { startMatter, tellMatter } from '../tell-matter.ts';

export interface DowngradeRow {
  scheme: 'grade' | 'score' | 'colour';
  from_value: string;
  to_value: string;
  status: 'queued' | 'approved' | 'noticed' | 'in-force' | 'refused' | 'withdrawn' | 'undone';
  decided_by: string | null;
  reply_until: string | null;
  replied_at: string | null;
  reply_answer: 'stands' | 'withdrawn' | null;
}

/** Locks the account, then reads its downgrade. @throws IntakeRefused `unknown-downgrade` (404) */
export async function takeDowngrade(
  tx: Tx,
  downgradeId: string,
): Promise<{ account: AccountInHand; downgrade: DowngradeRow; at: string }> {
  const of = await tx.row<{ account_id: string }>(
    'select account_id from credit_downgrades where downgrade_id = $1',
    [downgradeId],
  );
  if (of === undefined) throw new IntakeRefused('unknown-downgrade', 404, { what: 'downgrade' });
  const account = await takeAccount(tx, { accountId: of.account_id });
  const downgrade = await tx.row<DowngradeRow>(
    `select scheme, from_value, to_value, status, decided_by, reply_until, replied_at, reply_answer
       from credit_downgrades where downgrade_id = $1`,
    [downgradeId],
  );
  if (downgrade === undefined) throw new IntakeRefused('unknown-downgrade', 404, { what: 'downgrade' });
  return { account, downgrade, at: new Date(account.nowMs).toISOString() };
}

/** Whoever wrote the record, or moved the score by hand, does not decide what follows from it (L7). */
async function requireOtherEyes(tx: Tx, accountId: string, by: string): Promise<void> {
  const hadHand = await tx.row(
    `select 1 from credit_records r where account_id = $1 and recorded_by = $2
        and not exists (select from credit_annulments a where a.record_id = r.record_id)
     union all select 1 from credit_adjustments where account_id = $1 and $2 in (proposed_by, decided_by) and status = 'accepted'
     limit 1`,
    [accountId, by],
  );
  if (hadHand !== undefined) throw new IntakeRefused('four-eyes', 409);
}

/** A person's decision on a harmful move (L7). */
export interface DowngradeDecided {
  downgradeId: string;
  decision: 'approve' | 'refuse';
  reason: string;
  by: string;
}

/**
 * Decides a harmful move that waits (L7): approved, the customer is told and may reply before anything holds.
 * @throws IntakeRefused `unknown-downgrade` (404), `already-decided`, `four-eyes` (409)
 */
export function decideDowngrade(intake: Intake, fact: DowngradeDecided): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, downgrade, at } = await takeDowngrade(tx, fact.downgradeId);
    const status = fact.decision === 'approve' ? 'approved' : 'refused';
    if (downgrade.status !== 'queued') {
      if (downgrade.status === status && downgrade.decided_by === fact.by) return;
      throw new IntakeRefused('already-decided', 409);
    }
    const { companyId, centreId, accountId } = account;
    await requireOtherEyes(tx, accountId, fact.by);
    await tx.run(
      `update credit_downgrades set status = $2, decided_by = $3, decided_at = $4, decision_enc = $5 where downgrade_id = $1`,
      [fact.downgradeId, status, fact.by, at, intake.vault.seal(fact.reason)],
    );
    if (status === 'approved')
      await startMatter(tx, {
        companyId,
        centreId,
        accountId,
        kind: 'downgrade',
        subjectId: fact.downgradeId,
      });
    await keepRecord(tx, account, {
      ...{ action: 'credit.downgrade-decided', factId: fact.downgradeId, actor: fact.by, occurredAt: at },
      body: { downgradeId: fact.downgradeId, decision: fact.decision, to: downgrade.to_value },
    });
  });
}

/** What the customer says before it takes effect, or what was made of it. */
export type DowngradeReply =
  | { downgradeId: string; words: string; by: string }
  | { downgradeId: string; answer: 'stands' | 'withdrawn'; reason: string; by: string };

/**
 * Takes the customer's reply (L7), or the answer that a second person gives to it.
 * @throws IntakeRefused `unknown-downgrade` (404), `not-open-to-reply`, `no-reply-yet`, `four-eyes` (409)
 */
export function replyToDowngrade(intake: Intake, fact: DowngradeReply): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, downgrade, at } = await takeDowngrade(tx, fact.downgradeId);
    if (!['approved', 'noticed'].includes(downgrade.status))
      throw new IntakeRefused('not-open-to-reply', 409);
    if ('words' in fact) {
      const isLate = downgrade.reply_until !== null && Date.parse(downgrade.reply_until) <= account.nowMs;
      if (isLate) throw new IntakeRefused('not-open-to-reply', 409);
      await tx.run(
        `update credit_downgrades set reply_enc = $2, replied_at = $3, reply_answer = null, reply_answered_by = null
          where downgrade_id = $1`,
        [fact.downgradeId, intake.vault.seal(fact.words), at],
      );
    } else {
      if (downgrade.replied_at === null) throw new IntakeRefused('no-reply-yet', 409);
      if (downgrade.decided_by === fact.by) throw new IntakeRefused('four-eyes', 409);
      await tx.run(
        `update credit_downgrades set reply_answer = $2, reply_answered_by = $3, ended_reason = case when $2 = 'withdrawn' then 'reply-heard' end
          where downgrade_id = $1`,
        [fact.downgradeId, fact.answer, fact.by],
      );
      await tx.run(`update tasks set done_at = $2, outcome = $3 where task_id = $1 and done_at is null`, [
        `task/reply/${fact.downgradeId}`,
        at,
        fact.answer,
      ]);
    }
    const kind = 'words' in fact ? 'replied' : 'reply-answered';
    await tellMatter(
      tx,
      { ...account, kind: 'downgrade', subjectId: fact.downgradeId },
      { kind, factId: `${fact.downgradeId}/${at}` },
    );
    await keepRecord(tx, account, {
      ...{
        action: `credit.downgrade-${kind}`,
        factId: `${fact.downgradeId}/${at}`,
        actor: fact.by,
        occurredAt: at,
      },
      body: { downgradeId: fact.downgradeId, ...('answer' in fact ? { answer: fact.answer } : {}) },
    });
  });
}
