import { handInDowngrade } from '../../../db/credit/had-hand.ts';
import type { Tx } from '../../../db/database.ts';
import { downgradeActs } from '../../../rules/credit/matter-acts.ts';
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

/** The rule's answer for this person, now. @throws IntakeRefused the first reason against it (409) */
async function requireMay(
  tx: Tx,
  act: 'decide' | 'reply' | 'answer-reply',
  of: { account: AccountInHand; downgrade: DowngradeRow; by: string },
): Promise<void> {
  const { account, downgrade, by } = of;
  const hand = await tx.row<{ had: boolean }>(`select ${handInDowngrade('$1', '$2')} as had`, [
    account.accountId,
    by,
  ]);
  const state = {
    ...{ status: downgrade.status, decidedBy: downgrade.decided_by, replyAnswer: downgrade.reply_answer },
    replyUntilMs: downgrade.reply_until === null ? null : Date.parse(downgrade.reply_until),
    hasReply: downgrade.replied_at !== null,
  };
  const [against] = downgradeActs(state, { by, hadHand: hand?.had ?? true }, account.nowMs)[act];
  if (against !== undefined) throw new IntakeRefused(against.code, 409);
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
    if (downgrade.status === status && downgrade.decided_by === fact.by) return;
    const { companyId, centreId, accountId } = account;
    await requireMay(tx, 'decide', { account, downgrade, by: fact.by });
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
    if ('answer' in fact && downgrade.reply_answer === fact.answer) return;
    await requireMay(tx, 'words' in fact ? 'reply' : 'answer-reply', { account, downgrade, by: fact.by });
    if ('words' in fact) {
      await tx.run(
        `update credit_downgrades set reply_enc = $2, replied_at = $3, reply_answer = null, reply_answered_by = null
          where downgrade_id = $1`,
        [fact.downgradeId, intake.vault.seal(fact.words), at],
      );
    } else {
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
