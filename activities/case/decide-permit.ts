import type { Tx } from '../../db/database.ts';
import { readDecision, type StoredDecision } from '../../db/facts/decisions.ts';
import { readStopFacts } from '../../db/facts/read-stop-facts.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { takeAccount, type AccountInHand } from '../../intake/take-account.ts';
import type { StopFacts } from '../../rules/stop/facts.ts';
import { intervalEndMs } from '../../rules/stop/is-inside-interval.ts';
import { mayStop } from '../../rules/stop/may-stop.ts';
import type { Verdict } from '../../rules/verdict.ts';
import type { PermitAnswer, RequestPermit } from '../../workflows/messages.ts';
import type { CaseMoment } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { stopTicketId } from './raise-ticket.ts';
import { answerOf, takeDecision } from './take-decision.ts';

type Asked = CaseMoment & RequestPermit;

const MINUTE_MS = 60_000;
const CHECK_VIOLATION = '23514';
/** A switch from afar: nobody reads a number on site, the ticket's own meter is switched. */
const REMOTE_CREW = 'remote';

interface PermitRow {
  permit_id: string;
  crew_id: string;
  decision_id: string;
  status: 'granted' | 'revoked' | 'used' | 'expired';
  expires_at: string;
}

const refusedFor = (code: string, clause: string): PermitAnswer => ({
  outcome: 'refused',
  reasons: [{ code, clause }],
});

const permitted = (permit: Pick<PermitRow, 'permit_id' | 'expires_at'>): PermitAnswer => ({
  outcome: 'permitted',
  permitId: permit.permit_id,
  expiresAt: new Date(permit.expires_at).toISOString(),
  reasons: [],
});

/** What earlier requests on this ticket left behind; permits that ran out make room for the next. */
async function earlierPermit(tx: Tx, at: Asked): Promise<PermitAnswer | undefined> {
  await tx.run(
    `update permits set status = 'expired' where ticket_id = $1 and status = 'granted' and expires_at <= $2`,
    [at.ticketId, iso(at.nowMs)],
  );
  const live = await tx.row<PermitRow>(
    `select permit_id, crew_id, decision_id, status, expires_at from permits
      where ticket_id = $1 and status in ('granted', 'used')`,
    [at.ticketId],
  );
  if (live === undefined) return undefined;
  if (live.status === 'used') return refusedFor('permit-already-used', 'T2.7');
  return live.crew_id === at.crewId ? permitted(live) : refusedFor('permit-with-another-crew', 'T2.7');
}

/** The answer given to this very request before, as far as it still holds. */
async function earlierAnswer(tx: Tx, at: Asked, key: string): Promise<PermitAnswer | undefined> {
  const stored = await readDecision(tx, key);
  if (stored === undefined) return undefined;
  // Permitted then, and no live permit now: it was revoked or ran out.
  return stored.outcome === 'permitted' ? refusedFor('permit-already-used', 'T2.7') : answerOf(stored);
}

/** The reader who served the notice is called to the site (T2.7). */
async function callReader(tx: Tx, at: Asked, account: AccountInHand, facts: StopFacts): Promise<void> {
  await putTask(tx, {
    ...at,
    taskId: `task/identify-meter/${at.caseId}/${at.attempt}`,
    kind: 'identify-meter',
    role: 'reader',
    assignee: account.readerId,
    ref: at.ticketId,
    notBeforeMs: at.nowMs,
    dueAtMs: facts.stopAtMs === null ? at.nowMs : intervalEndMs(facts.stopAtMs, facts.intervalMinutes),
  });
}

async function insertPermit(
  tx: Tx,
  deps: ActivityDeps,
  at: Asked,
  given: { key: string; decision: StoredDecision; facts: StopFacts; account: AccountInHand },
): Promise<PermitAnswer> {
  const { facts, account } = given;
  const endsAtMs = intervalEndMs(facts.stopAtMs ?? at.nowMs, facts.intervalMinutes);
  const permit = {
    permit_id: deps.vault.idOf('permit', at.companyId, given.key),
    expires_at: iso(Math.min(at.nowMs + facts.policy.permitLifeMinutes * MINUTE_MS, endsAtMs)),
  };
  await tx.run(
    `insert into permits (permit_id, company_id, centre_id, account_id, case_id, attempt, ticket_id, crew_id, meter_no,
                          decision_id, status, occurred_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'granted', $11, $12)`,
    [
      permit.permit_id,
      at.companyId,
      at.centreId,
      at.accountId,
      at.caseId,
      at.attempt,
      at.ticketId,
      at.crewId,
      account.meterNo,
      given.decision.decisionId,
      iso(at.nowMs),
      permit.expires_at,
    ],
  );
  await keepRecord(tx, account, {
    action: 'permit.granted',
    factId: permit.permit_id,
    actor: at.crewId,
    occurredAt: iso(at.nowMs),
    body: { permitId: permit.permit_id, ticketId: at.ticketId, expiresAt: permit.expires_at },
  });
  return permitted(permit);
}

const isCheckViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === CHECK_VIOLATION;

/** Decides and, if permitted, grants; a grant that the database itself refuses was no permission (T2.6). */
async function decideAndGrant(
  tx: Tx,
  deps: ActivityDeps,
  at: Asked,
  judged: { key: string; verdict: Verdict; facts: StopFacts; account: AccountInHand },
): Promise<PermitAnswer> {
  const decide = (verdict: Verdict) =>
    takeDecision(tx, at, { key: judged.key, question: 'may-stop:T-0', verdict, facts: judged.facts });
  if (judged.verdict.outcome !== 'permitted') return answerOf(await decide(judged.verdict));
  await tx.run('savepoint grant_permit');
  try {
    return await insertPermit(tx, deps, at, { ...judged, decision: await decide(judged.verdict) });
  } catch (error) {
    if (!isCheckViolation(error)) throw error;
    await tx.run('rollback to savepoint grant_permit');
    const reasons = [{ code: 'paid-at-the-last-moment', clause: 'T2.6' }];
    return answerOf(await decide({ outcome: 'refused', reasons }));
  }
}

/**
 * The permit at T-0 (T2.6, T2.7, T3.4), asked on site: locks the account before anything else, so that a payment and a grant meet;
 * lives until the policy's minutes or the notified interval are over, for one act. A crew that asks again while its permit
 * lives gets the same one.
 */
export const decidePermit =
  (deps: ActivityDeps) =>
  (at: Asked): Promise<PermitAnswer> =>
    act(deps, at, async (tx) => {
      const account = await takeAccount(tx, { accountId: at.accountId });
      if (at.ticketId !== stopTicketId(at)) return refusedFor('ticket-of-another-attempt', 'T2.3');
      const key = `${at.caseId}/${at.attempt}/T-0/${at.crewId}/${at.nowMs}`;
      const before = (await earlierPermit(tx, at)) ?? (await earlierAnswer(tx, at, key));
      if (before !== undefined) return before;
      const seenMeterNo = at.crewId === REMOTE_CREW ? null : at.readMeterNo.trim();
      const facts = await readStopFacts(tx, {
        ...at,
        onSite: { crewId: at.crewId, seenMeterNo, inDoubt: at.inDoubt },
      });
      const verdict = mayStop(facts, 'T-0');
      if (at.inDoubt && facts.onSite?.identified === false) await callReader(tx, at, account, facts);
      return decideAndGrant(tx, deps, at, { key, verdict, facts, account });
    });
