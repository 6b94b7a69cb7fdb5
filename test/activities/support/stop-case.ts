import type { CaseMoment } from '../../../activities/contract.ts';
import { json, type Tx } from '../../../db/database.ts';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { defaultPolicy } from '../../../rules/parameters/default-policy.ts';
import {
  CENTRE,
  COMPANY,
  MINUTE_MS,
  SERVED_ON,
  START_MINUTE,
  STOP_AT_MS,
  STOP_DATE,
  TICKET_DATE,
  type Workbench,
} from './workbench.ts';

const day = (text: string, minute = 600): number => epochMsOf(civilDate(text), minute);
const iso = (ms: number): string => new Date(ms).toISOString();

/** How far the case has come; each step contains those before it. */
export type Reached = 'planned' | 'approved' | 'red-served' | 'ticket' | 'told';
const ORDER: readonly Reached[] = ['planned', 'approved', 'red-served', 'ticket', 'told'];

export interface StopCase {
  accountId: string;
  caseId: string;
  at(nowMs: number): CaseMoment;
}

interface Options {
  category?: string;
  remoteSwitch?: boolean;
  protection?: 'none' | 'registered' | null;
  /** Nobody on the other side has ever signed, answered or opened anything. */
  isSilent?: boolean;
  /** `false`: there is no number to call. */
  hasPhone?: boolean;
}

let made = 0;

async function putAccount(bench: Workbench, tx: Tx, accountId: string, options: Options): Promise<void> {
  const { vault } = bench.deps;
  await tx.run(
    `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no, debtor_id,
                           reader_id, name_enc, address_enc, remote_switch, protection, phone_enc)
     values ($1, $2, $3, $4, 'huaiyin', 'resident', $5, $6, $7, 'reader-1', $8, $9, $10, $11, $12)`,
    [
      accountId,
      COMPANY,
      CENTRE,
      `no-${accountId}`,
      options.category ?? 'resident',
      `meter-${accountId}`,
      `debtor-${accountId}`,
      vault.seal('张三'),
      vault.seal('长江路 1 号'),
      options.remoteSwitch ?? false,
      options.protection === undefined ? 'none' : options.protection,
      options.hasPhone === false ? null : vault.seal('13800001111'),
    ],
  );
  await tx.run(
    `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on)
     values ($1, $2, $3, $4, 'electricity', '2026-08', 20000, 0, '2026-09-05', '2026-09-20')`,
    [COMPANY, CENTRE, `bill-${accountId}`, accountId],
  );
}

async function putNotice(
  tx: Tx,
  bench: Workbench,
  c: StopCase,
  notice: { kind: string; servedAtMs: number; stopAt?: string; lastPaymentOn?: string },
): Promise<void> {
  await tx.run(
    `insert into notices (notice_id, company_id, centre_id, case_id, account_id, kind, attempt, status, named_bills, principal_fen,
                          late_fee_fen, sum_fen, last_payment_on, stop_at, interval_minutes, text_enc, served_on, served_at,
                          occurred_at)
     values ($1, $2, $3, $4, $5, $6, 1, 'served', $7, 20000, 1000, 21000, $8, $9, $10, $11, $12, $13, $13)`,
    [
      `notice/${c.caseId}/${notice.kind}/1`,
      COMPANY,
      CENTRE,
      c.caseId,
      c.accountId,
      notice.kind,
      json([{ billId: `bill-${c.accountId}`, openFen: 20000, dueDate: '2026-09-20' }]),
      notice.lastPaymentOn ?? null,
      notice.stopAt ?? null,
      notice.stopAt === undefined ? null : 60,
      bench.deps.vault.seal('text'),
      iso(notice.servedAtMs).slice(0, 10),
      iso(notice.servedAtMs),
    ],
  );
}

async function putSignature(tx: Tx, bench: Workbench, c: StopCase): Promise<void> {
  await tx.run(
    `insert into services (service_id, company_id, centre_id, notice_id, method, detail_enc, counts, reasons, recorded_by,
                           occurred_at)
     values ($1, $2, $3, $4, 'signature', $5, true, '[]', 'reader-1', $6)`,
    [
      `service-${c.caseId}`,
      COMPANY,
      CENTRE,
      `notice/${c.caseId}/yellow/1`,
      bench.deps.vault.seal('{}'),
      iso(day('2026-10-12')),
    ],
  );
}

async function putCase(tx: Tx, bench: Workbench, c: StopCase): Promise<void> {
  await tx.run(
    `insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, stage, stage_since, attempt,
                        launched_by, opened_at)
     values ($1, $2, $3, $4, 'test', $5, 'approval', $6, 1, 'centre-1', $6)`,
    [c.caseId, COMPANY, CENTRE, c.accountId, json(defaultPolicy(STOP_DATE)), iso(day('2026-10-01'))],
  );
  await putNotice(tx, bench, c, { kind: 'first-dunning', servedAtMs: day('2026-10-05') });
  await putNotice(tx, bench, c, { kind: 'yellow', servedAtMs: day('2026-10-12') });
  const candidate = (stopDate: string, serviceDate: string, ticketDate: string) => ({
    serviceDate,
    stopDate,
    startMinute: START_MINUTE,
    ticketDate,
    lastPaymentDate: ticketDate,
  });
  await tx.run(
    `insert into stop_plans (company_id, centre_id, case_id, attempt, status, candidates, named_bills, named_principal_fen,
                             interval_minutes)
     values ($1, $2, $3, 1, 'planned', $4, $5, 20000, 60)`,
    [
      COMPANY,
      CENTRE,
      c.caseId,
      json([
        candidate(STOP_DATE, SERVED_ON, TICKET_DATE),
        candidate('2026-11-12', '2026-11-05', '2026-11-11'),
      ]),
      json([{ billId: `bill-${c.accountId}`, openFen: 20000, dueDate: '2026-09-20' }]),
    ],
  );
}

async function putApproval(tx: Tx, c: StopCase): Promise<void> {
  const bound = {
    accountId: c.accountId,
    meterNo: `meter-${c.accountId}`,
    debtorId: `debtor-${c.accountId}`,
    billIds: [`bill-${c.accountId}`],
    principalFen: 20000,
    slots: [
      { stopDate: STOP_DATE, startMinute: START_MINUTE },
      { stopDate: '2026-11-12', startMinute: START_MINUTE },
    ],
    intervalMinutes: 60,
  };
  await tx.run(
    `insert into approvals (approval_id, company_id, centre_id, case_id, attempt, status, applicant_id, required_roles, bound,
                            expires_at, occurred_at)
     values ($1, $2, $3, $4, 1, 'approved', 'reader-1', '{station-head}', $5, $6, $7)`,
    [
      `approval/${c.caseId}/1`,
      COMPANY,
      CENTRE,
      c.caseId,
      json(bound),
      iso(day('2026-11-05', 0)),
      iso(day('2026-11-01')),
    ],
  );
  await tx.run(
    `insert into approval_decisions (company_id, centre_id, approval_id, role, approver_id, decision, reason, occurred_at)
     values ($1, $2, $3, 'station-head', 'head-1', 'approve', 'ok', $4)`,
    [COMPANY, CENTRE, `approval/${c.caseId}/1`, iso(day('2026-11-02'))],
  );
}

async function putTicket(tx: Tx, bench: Workbench, c: StopCase): Promise<void> {
  await tx.run(
    `insert into tickets (ticket_id, company_id, centre_id, account_id, case_id, kind, attempt, status, raised_by, meter_no,
                          form_enc, planned_from, planned_to, occurred_at)
     values ($1, $2, $3, $4, $5, 'stop', 1, 'dispatched', 'reader-1', $6, $7, $8, $9, $10)`,
    [
      `ticket/${c.caseId}/1`,
      COMPANY,
      CENTRE,
      c.accountId,
      c.caseId,
      `meter-${c.accountId}`,
      bench.deps.vault.seal('{}'),
      iso(STOP_AT_MS),
      iso(STOP_AT_MS + 60 * MINUTE_MS),
      iso(epochMsOf(TICKET_DATE, 540)),
    ],
  );
}

async function putSecondNotice(tx: Tx, bench: Workbench, c: StopCase): Promise<void> {
  await tx.run(
    `insert into messages (message_id, company_id, centre_id, account_id, case_id, message_key, channel, purpose, address_enc,
                           text_enc, status, occurred_at, answered_at)
     values ($1, $2, $3, $4, $5, $6, 'call', 'second-notice', $7, $7, 'acknowledged', $8, $8)`,
    [
      `msg-${c.caseId}`,
      COMPANY,
      CENTRE,
      c.accountId,
      c.caseId,
      `${c.caseId}/second-notice-call-1/1`,
      bench.deps.vault.seal('x'),
      iso(STOP_AT_MS - 44 * MINUTE_MS),
    ],
  );
}

/** One account in collection that has come as far as asked, everything lawful so far. */
export function makeStopCase(bench: Workbench, reached: Reached, options: Options = {}): Promise<StopCase> {
  made += 1;
  const accountId = `acc-${made}`;
  const caseId = `case-${made}`;
  const c: StopCase = {
    accountId,
    caseId,
    at: (nowMs) => ({ companyId: COMPANY, centreId: CENTRE, accountId, caseId, attempt: 1, nowMs }),
  };
  const has = (step: Reached) => ORDER.indexOf(step) <= ORDER.indexOf(reached);
  return bench.tx(async (tx) => {
    await putAccount(bench, tx, accountId, options);
    await putCase(tx, bench, c);
    if (options.isSilent !== true) await putSignature(tx, bench, c);
    if (has('approved')) await putApproval(tx, c);
    if (has('red-served')) {
      await tx.run(`update stop_plans set status = 'fixed', stop_on = $2, stop_at = $3 where case_id = $1`, [
        caseId,
        STOP_DATE,
        iso(STOP_AT_MS),
      ]);
      await putNotice(tx, bench, c, {
        kind: 'red',
        servedAtMs: epochMsOf(SERVED_ON, 600),
        stopAt: iso(STOP_AT_MS),
        lastPaymentOn: TICKET_DATE,
      });
    }
    if (has('ticket')) await putTicket(tx, bench, c);
    if (has('told')) await putSecondNotice(tx, bench, c);
    return c;
  });
}

/** Billing was read this very moment, or `agoSeconds` ago. */
export async function readBillingJustNow(bench: Workbench, c: StopCase, agoSeconds = 0): Promise<void> {
  await bench.tx((tx) =>
    tx.run(
      `insert into observations (observation_id, company_id, centre_id, account_id, case_id, kind, payload, occurred_at, recorded_at)
       values (gen_random_uuid()::text, $1, $2, $3, $4, 'billing-now', '{}', now(), now() - make_interval(secs => $5))`,
      [COMPANY, CENTRE, c.accountId, c.caseId, agoSeconds],
    ),
  );
}

/** The money path in its barest form: lock, store, revoke; false when it came too late to stand before the permit. */
export function pay(bench: Workbench, c: StopCase, paymentId: string, amountFen = 21000): Promise<void> {
  return bench.tx(async (tx) => {
    await tx.run('select from accounts where account_id = $1 for no key update', [c.accountId]);
    await tx.run(
      `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at)
       values ($1, $2, $3, 'posted', $4, $5, 'wechat', 'test', now())`,
      [COMPANY, CENTRE, paymentId, c.accountId, amountFen],
    );
    await tx.run(
      `update permits set status = 'revoked', revoked_at = now(), revoke_reason = 'payment'
                   where account_id = $1 and status = 'granted'`,
      [c.accountId],
    );
  });
}
