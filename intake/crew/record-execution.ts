import { json, type Tx } from '../../db/database.ts';
import { classifyStop, type StopClass } from '../../rules/stop/classify-stop.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { openIncident } from '../incidents/open-incident.ts';
import { keepRecord } from '../keep-record.ts';
import { reviewCauses } from '../restorations/review-causes.ts';
import { triggerRestoration } from '../restorations/trigger-restoration.ts';
import { boundedTime, factTime, type AccountInHand } from '../take-account.ts';
import { tellCase } from '../tell-case.ts';
import { takeTicket, type TicketInHand } from './take-ticket.ts';

/** A disconnection as it was done, with proof. */
export interface ExecutionFact {
  ticketId: string;
  permitId: string | null;
  crewId: string;
  /** Number of the meter that was switched off. */
  meterNo: string;
  readingKwh: number | null;
  /** SHA-256 of photos. */
  proofs: readonly string[];
  method: 'crew' | 'remote';
  /** ISO, case time; now where it is left out. */
  occurredAt?: string;
}

export interface ExecutionAnswer {
  stopId: string;
  classification: StopClass['classification'];
}

interface PermitRow {
  permit_id: string;
  ticket_id: string;
  status: string;
  occurred_at: string;
  recorded_at: string;
  expires_at: string;
  revoked_at: string | null;
}

interface PlanRow {
  stop_at: string | null;
  interval_minutes: number;
  named_bills: unknown;
  principal_fen: number;
  notice_id: string | null;
  notice_recorded_at: string | null;
}

const PLAN = `
select p.stop_at, p.interval_minutes, p.named_bills, p.named_principal_fen as principal_fen, n.notice_id,
       n.recorded_at as notice_recorded_at
  from stop_plans p
  -- Served is served, also when the attempt has been given up before the crew's report came.
  left join notices n on n.case_id = p.case_id and n.attempt = p.attempt and n.kind = 'red' and n.served_at is not null
 where p.case_id = $1 and p.attempt = $2`;

async function classify(
  tx: Tx,
  account: AccountInHand,
  fact: ExecutionFact,
  plan: PlanRow | undefined,
  permit: PermitRow | undefined,
  executedAtMs: number,
): Promise<StopClass> {
  const payments = await tx.rows<{ occurred_at: string; recorded_at: string }>(
    `select occurred_at, recorded_at from payments_standing
      where account_id = $1 and recorded_at >= coalesce($2::timestamptz, '-infinity')`,
    [account.accountId, plan?.notice_recorded_at ?? null],
  );
  const fromMs = plan === undefined || plan.stop_at === null ? null : Date.parse(plan.stop_at);
  return classifyStop({
    executedAtMs,
    meterNo: fact.meterNo,
    accountMeterNo: account.meterNo,
    interval:
      fromMs === null || plan === undefined
        ? null
        : { fromMs, untilMs: fromMs + plan.interval_minutes * 60_000 },
    permit:
      permit === undefined
        ? null
        : {
            grantedAtMs: Date.parse(permit.occurred_at),
            grantedRecordedAtMs: Date.parse(permit.recorded_at),
            expiresAtMs: Date.parse(permit.expires_at),
            revokedAtMs: permit.revoked_at === null ? null : Date.parse(permit.revoked_at),
            isUsed: permit.status === 'used',
            isForThisTicket: permit.ticket_id === fact.ticketId,
          },
    payments: payments.map((p) => ({
      occurredAtMs: Date.parse(p.occurred_at),
      recordedAtMs: Date.parse(p.recorded_at),
    })),
  });
}

async function storeStop(
  tx: Tx,
  account: AccountInHand,
  ticket: TicketInHand,
  fact: ExecutionFact,
  found: { plan: PlanRow | undefined; permit: PermitRow | undefined; judged: StopClass; occurredAt: string },
): Promise<string> {
  const stopId = `stop/${ticket.caseId}/${ticket.attempt}`;
  const { plan, permit, judged, occurredAt } = found;
  const isPermitFree = permit !== undefined && permit.status !== 'used' && permit.ticket_id === fact.ticketId;
  await tx.run(
    `insert into stops (stop_id, company_id, centre_id, account_id, case_id, ticket_id, permit_id, named_bills, principal_fen,
                        notice_id, classification, reasons, method, meter_no, proof, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      stopId,
      account.companyId,
      account.centreId,
      account.accountId,
      ticket.caseId,
      fact.ticketId,
      isPermitFree ? permit.permit_id : null,
      json(plan?.named_bills ?? []),
      plan?.principal_fen ?? 0,
      plan?.notice_id ?? null,
      judged.classification,
      json(judged.reasons),
      fact.method,
      fact.meterNo,
      json({ readingKwh: fact.readingKwh, proofs: fact.proofs, crewId: fact.crewId }),
      occurredAt,
    ],
  );
  if (isPermitFree)
    await tx.run(
      `update permits set status = case when status = 'granted' then 'used' else status end, used_at = $2 where permit_id = $1`,
      [permit.permit_id, occurredAt],
    );
  await tx.run(`update tickets set status = 'done', crew_id = $2 where ticket_id = $1`, [
    fact.ticketId,
    fact.crewId,
  ]);
  await tx.run(`update stop_plans set status = 'executed' where case_id = $1 and attempt = $2`, [
    ticket.caseId,
    ticket.attempt,
  ]);
  return stopId;
}

/** Not before the ticket was raised. What is reported as done now was done after the permit that is stored, even where two machines' clocks differ by a moment. */
function executedAt(
  account: AccountInHand,
  ticket: TicketInHand,
  fact: ExecutionFact,
  permit: PermitRow | undefined,
): string {
  const at =
    fact.method === 'remote'
      ? factTime(account, fact.occurredAt)
      : boundedTime(account, fact.occurredAt, ticket.raisedAt);
  if (fact.occurredAt !== undefined || permit === undefined) return at;
  return Date.parse(at) < Date.parse(permit.occurred_at) ? new Date(permit.occurred_at).toISOString() : at;
}

/**
 * Stores an executed stop and judges it (T2.7, T3.4). What was done is always stored: without a valid permit, at the wrong
 * meter or time it is a wrongful stop, which opens an incident and owes restoration at once. One stop per ticket.
 * @throws IntakeRefused `unknown-ticket` (404), `already-executed` (409)
 */
export function recordExecution(intake: Intake, fact: ExecutionFact): Promise<ExecutionAnswer> {
  return intake.db.tx(intake.scope, async (tx) => {
    const { account, ticket } = await takeTicket(tx, fact.ticketId);
    const earlier = await tx.row<{
      stop_id: string;
      classification: StopClass['classification'];
      permit_id: string | null;
    }>('select stop_id, classification, permit_id from stops where ticket_id = $1', [fact.ticketId]);
    if (earlier !== undefined) {
      if (earlier.permit_id !== fact.permitId)
        throw new IntakeRefused('already-executed', 409, { ticketId: fact.ticketId });
      return { stopId: earlier.stop_id, classification: earlier.classification };
    }
    const plan = await tx.row<PlanRow>(PLAN, [ticket.caseId, ticket.attempt]);
    const permit =
      fact.permitId === null
        ? undefined
        : await tx.row<PermitRow>('select * from permits where permit_id = $1 and account_id = $2', [
            fact.permitId,
            account.accountId,
          ]);
    const occurredAt = executedAt(account, ticket, fact, permit);
    const judged = await classify(tx, account, fact, plan, permit, Date.parse(occurredAt));
    const stopId = await storeStop(tx, account, ticket, fact, { plan, permit, judged, occurredAt });
    await keepRecord(tx, account, {
      action: 'supply.stopped',
      factId: stopId,
      actor: fact.crewId,
      occurredAt,
      body: {
        stopId,
        ticketId: fact.ticketId,
        permitId: fact.permitId,
        meterNo: fact.meterNo,
        classification: judged.classification,
        reasons: judged.reasons.map((r) => r.code),
        proofs: fact.proofs,
        ...(fact.occurredAt === undefined ? {} : { saidAt: fact.occurredAt }),
      },
    });
    if (judged.classification !== 'lawful') {
      const kind = judged.classification === 'race' ? 'race' : 'wrongful-stop';
      await openIncident(tx, account, { stopId, kind, reasons: judged.reasons, occurredAt });
      await triggerRestoration(tx, account, { stopId, kind: 'wrongful-stop', factId: stopId, occurredAt });
    }
    // Whoever paid, or was protected, between the stop and this report is owed the light from the start (L3).
    await reviewCauses(tx, account);
    await tellCase(tx, account, 'executed', stopId);
    return { stopId, classification: judged.classification };
  });
}
