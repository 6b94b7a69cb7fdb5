import { randomUUID } from 'node:crypto';
import { readCalendar } from '../../db/calendar/read-calendar.ts';
import type { Tx } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import { readPolicy } from '../../db/policies/read-policy.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import type { HoldKind } from '../../rules/holds/hold-kind.ts';
import { holdUntil } from '../../rules/holds/hold-until.ts';
import type { Policy } from '../../rules/parameters/policy.ts';
import { wakeMatters } from '../credit/wake-matters.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { askToCheckClaim } from '../service/claims-paid.ts';
import { standDown } from '../stand-down.ts';
import { takeAccount, type AccountInHand } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { answerAsked, askCentre } from './plan-asked.ts';
import { triggerIfStopped } from './trigger-if-stopped.ts';

/** Something a person records that makes the procedure wait (T1.2, L3, L5, L10). */
export type NewHold = ({ accountNo: string } | { accountId: string }) & {
  kind: Exclude<HoldKind, 'part-payment' | 'protection'>;
  /** Agreed end of a plan, a deferral or an order; ISO, case time. */
  until?: string;
  /** What a dispute is about: its clock depends on it (L5). */
  about?: 'stop' | 'billing';
  reason: string;
  by: string;
  /** The same fact told twice is one hold; drawn where it is left out. */
  factId?: string;
};

export interface HoldSet {
  holdId: string;
  untilAt: string | null;
  decisionDueAt: string | null;
}

/** Facts that bring the light back when supply is off already (L3); a dispute does only once it is upheld. */
const RESTORES = {
  plan: 'plan',
  // Whoever may pay later has a plan with one part.
  deferral: 'plan',
  guarantee: 'guarantee',
  'authority-order': 'authority-order',
  'moved-out': 'moved-out',
} as const;

const DISPUTE_RUNGS = ['team-leader', 'station-head', 'marketing-manager', 'company-head'];
const RUNG_EVERY_MS = 24 * 60 * 60_000;

async function policyOf(tx: Tx, account: AccountInHand): Promise<Policy> {
  if (account.openCase !== null) return account.openCase.policy as Policy;
  const { centreId, customerClass, region } = account;
  return readPolicy(tx, account.companyId, {
    centreId,
    customerClass,
    region,
    onDate: civilDateAt(account.nowMs),
  });
}

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** A dispute nobody decides in its time is reported upward from then on (L5). */
async function watchDispute(tx: Tx, account: AccountInHand, holdId: string, dueMs: number): Promise<void> {
  const { companyId, centreId, accountId } = account;
  await putOutbox(tx, companyId, {
    kind: 'start-report',
    key: `start-report/dispute/${holdId}`,
    payload: {
      input: {
        companyId,
        centreId,
        accountId,
        subject: 'dispute',
        subjectId: holdId,
        rungs: DISPUTE_RUNGS,
        firstRungAtMs: dueMs,
        rungEveryMs: RUNG_EVERY_MS,
        text: `dispute not decided in time: ${holdId}`,
      },
    },
  });
}

/** When the agreed time ends, epoch ms; null = none was agreed. */
function agreedUntil(hold: NewHold, nowMs: number): number | null {
  if (hold.until === undefined) {
    if (hold.kind === 'deferral' || hold.kind === 'plan')
      throw new IntakeRefused('until-needed', 422, { kind: hold.kind });
    return null;
  }
  const untilMs = Date.parse(hold.until);
  if (Number.isNaN(untilMs)) throw new IntakeRefused('not-a-date', 422, { until: hold.until });
  if (untilMs <= nowMs) throw new IntakeRefused('until-is-past', 422);
  return untilMs;
}

async function readHold(tx: Tx, account: AccountInHand, holdId: string): Promise<HoldSet | undefined> {
  const known = await tx.row<HoldSet & { accountId: string }>(
    `select hold_id as "holdId", until_at as "untilAt", decision_due_at as "decisionDueAt", account_id as "accountId"
       from holds where hold_id = $1`,
    [holdId],
  );
  if (known === undefined) return undefined;
  const { accountId, ...hold } = known;
  if (accountId !== account.accountId) throw new IntakeRefused('hold-differs', 409, { holdId });
  return hold;
}

async function store(tx: Tx, account: AccountInHand, holdId: string, hold: NewHold): Promise<HoldSet> {
  const clock = holdUntil(
    {
      kind: hold.kind,
      sinceMs: account.nowMs,
      agreedUntilMs: agreedUntil(hold, account.nowMs),
      ...(hold.about === undefined ? {} : { about: hold.about }),
    },
    await policyOf(tx, account),
    await readCalendar(tx, account.companyId),
  );
  const set = { holdId, untilAt: isoOf(clock.untilMs), decisionDueAt: isoOf(clock.decisionDueMs) };
  await tx.run(
    `insert into holds (hold_id, company_id, centre_id, account_id, kind, until_at, decision_due_at, reason, set_by, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[holdId, account.companyId, account.centreId, account.accountId, hold.kind],
      ...[set.untilAt, set.decisionDueAt, hold.reason, hold.by, isoOf(account.nowMs)],
    ],
  );
  if (hold.kind === 'moved-out')
    await tx.run(`update accounts set moved_out_on = $2 where account_id = $1 and moved_out_on is null`, [
      account.accountId,
      civilDateAt(account.nowMs),
    ]);
  return set;
}

/**
 * Holds the case of an account: crews are stood down, the attempt slips, supply that is off comes back where L3 says so.
 * Told twice under one `factId` it changes nothing.
 * @throws IntakeRefused `unknown-account` (404), `hold-differs` (409), `until-is-past`, `until-needed`, `not-a-date` (422)
 */
export function setHold(intake: Intake, hold: NewHold): Promise<HoldSet> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(
      tx,
      'accountId' in hold ? { accountId: hold.accountId } : { accountNo: hold.accountNo },
    );
    const holdId = `hold/${hold.kind}/${hold.factId ?? randomUUID()}`;
    const known = await readHold(tx, account, holdId);
    if (known !== undefined) return known;
    const set = await store(tx, account, holdId, hold);
    await standDown(tx, account, hold.kind, hold.by);
    if (hold.kind === 'claimed-payment') await askToCheckClaim(tx, account, holdId);
    if (hold.kind === 'plan-asked') await askCentre(tx, account, holdId);
    if (hold.kind === 'plan' || hold.kind === 'deferral') await answerAsked(tx, account, hold.kind);
    if (hold.kind in RESTORES)
      await triggerIfStopped(tx, account, RESTORES[hold.kind as keyof typeof RESTORES], holdId);
    // What a disputed debt was about to do to the customer's credit waits too.
    if (hold.kind === 'dispute') await wakeMatters(tx, account, { kind: 'disputed', factId: holdId });
    if (hold.kind === 'dispute' && set.decisionDueAt !== null)
      await watchDispute(tx, account, holdId, Date.parse(set.decisionDueAt));
    await keepRecord(tx, account, {
      action: `hold.${hold.kind}`,
      factId: holdId,
      actor: hold.by,
      occurredAt: new Date(account.nowMs).toISOString(),
      body: { ...set },
    });
    await tellCase(tx, account, 'hold', holdId);
    return set;
  });
}
