import { setTimeout as sleep } from 'node:timers/promises';
import { caseWorkflowId, reportWorkflowId, restoreWorkflowId } from '../../workflows/messages.ts';
import { newAccount, type AccountWish, type TownAccount } from '../support/town/account.ts';
import { rowsOf } from '../support/town/town.ts';
import type { Hands } from '../soak/hands.ts';
import { offsetOf, patiently, step, type Moved } from '../soak/time.ts';
import { quietFor } from '../soak/turns.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const path = encodeURIComponent;

/** One customer of a crash run; everybody does what they should, and only the worker dies. */
export interface Told {
  readonly hands: Hands;
  readonly photo: string;
  readonly account: TownAccount;
  readonly caseId: string;
  readonly moved: Moved;
}

const rows = <R>({ hands }: { hands: Hands }, sql: string, values: readonly unknown[]): Promise<R[]> =>
  patiently(() => rowsOf<R>(hands.stand, sql, values));

async function begin(
  hands: Hands,
  photo: string,
  wish: AccountWish,
  before: (account: TownAccount) => Promise<unknown> = ({ phone }) => hands.stand.sim.phone({ phone }),
): Promise<Told> {
  const account = await newAccount(hands.stand, wish);
  await before(account);
  const { body } = await hands.post<{ caseId: string }>('clerk-chen', '/cases', {
    accountNo: account.accountNo,
  });
  const moved = {
    ...{ stand: hands.stand, accountId: account.accountId, startedAheadMs: 0 },
    workflowId: caseWorkflowId(account.accountId),
  };
  return { hands, photo, account, caseId: body.caseId, moved };
}

async function serve(told: Told, nowMs: number, how: Record<string, unknown>): Promise<void> {
  const { hands, account, photo } = told;
  const { body } = await hands.get<{ items: { ref: string; kind: string; notBefore: string }[] }>(
    'reader-zhang',
    `/tasks?caseId=${told.caseId}`,
  );
  for (const task of body.items)
    if (task.kind.startsWith('serve-') && Date.parse(task.notBefore) <= nowMs)
      await hands.post('reader-zhang', `/notices/${path(task.ref)}/services`, {
        ...{ method: 'signature', meterNo: account.meterNo, proofs: [photo] },
        ...how,
      });
}

const SIGNERS: Readonly<Record<string, string>> = {
  'station-head': 'head-qian',
  'company-head': 'company-head-zhu',
  'government-liaison': 'liaison-you',
};

async function approve(told: Told): Promise<void> {
  const waiting = await rows<{ id: string; roles: string[] }>(
    told,
    `select approval_id as id, required_roles as roles from approvals where case_id = $1 and status = 'pending'`,
    [told.caseId],
  );
  for (const { id, roles } of waiting)
    for (const role of roles)
      await told.hands.post(SIGNERS[role] ?? 'head-qian', `/approvals/${path(id)}/decisions`, {
        ...{ decision: 'approve', reason: '符合规定' },
      });
}

async function onSite(told: Told): Promise<void> {
  const { hands, account, photo } = told;
  const [ticket] = await rows<{ id: string }>(
    told,
    `select ticket_id as id from tickets where case_id = $1 and kind = 'stop' and status in ('raised', 'dispatched')`,
    [told.caseId],
  );
  if (ticket === undefined) return;
  const ticketPath = `/tickets/${path(ticket.id)}`;
  const permit = await hands.post<{ permitId: string }>('crew-wu', `${ticketPath}/permits`, {
    readMeterNo: account.meterNo,
  });
  if (permit.status >= 300) return;
  const { permitId } = permit.body;
  const at = new Date(Date.now() + (await offsetOf(hands.stand, account.accountId))).toISOString();
  const { accountNo, meterNo } = account;
  hands.journal.switches.push({ accountNo, ticketId: ticket.id, meterNo, permitId, at, breach: null });
  await hands.stand.sim.meters.operate(meterNo, 'open');
  await hands.post('crew-wu', `${ticketPath}/executions`, {
    permitId,
    meterNo,
    proofs: [photo],
    occurredAt: at,
  });
}

interface Ways {
  readonly isRemote?: boolean;
  readonly how?: Record<string, unknown>;
  /** True ends the telling here. */
  readonly until?: (stage: string, attempt: number) => boolean;
}

/** Everybody acts in turn until the case has ended or `until` says stop. */
async function tell(told: Told, ways: Ways = {}): Promise<void> {
  for (let at = await step(told.moved, 1_000); at.whereabouts !== null; at = await step(told.moved, DAY_MS)) {
    await quietFor(told.hands, told.account.accountId);
    const { stage, attempt } = at.whereabouts;
    if (ways.until?.(stage, attempt) === true) return;
    await serve(told, at.nowMs, ways.how ?? {});
    if (stage === 'approval') await approve(told);
    if (stage === 'permit' && ways.isRemote !== true) await onSite(told);
    await quietFor(told.hands, told.account.accountId);
  }
}

async function pay(told: Told): Promise<void> {
  const { sim } = told.hands.stand;
  const { accountNo, accountId } = told.account;
  const at = new Date(Date.now() + (await offsetOf(told.hands.stand, accountId))).toISOString();
  const made = await sim.pay({ accountNo, occurredAt: at });
  const { paymentId, amountFen, occurredAt } = made;
  told.hands.journal.payments.push({ paymentId, accountNo, amountFen, occurredAt, status: 'posted' });
  await quietFor(told.hands, accountId);
}

async function stopOf(told: Told): Promise<string> {
  const [stop] = await rows<{ id: string }>(told, 'select stop_id as id from stops where case_id = $1', [
    told.caseId,
  ]);
  if (stop === undefined) throw new Error(`${told.caseId}: nothing was stopped`);
  return stop.id;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    if (await patiently(isSo)) return;
    await sleep(150);
  }
  throw new Error('it did not come to that within five minutes');
}

const hasEnded = (told: Told, workflowId: string) => async (): Promise<boolean> =>
  !(await told.hands.stand.engine.clock(workflowId)).running;

/** Stopped and restored too late: reminder by SMS, calls, crew, the ladder, the miss. */
export async function restoredLate(hands: Hands, photo: string): Promise<void> {
  const told = await begin(hands, photo, { agreedChannel: 'sms' });
  await tell(told);
  const stopId = await stopOf(told);
  await pay(told);
  const workflowId = restoreWorkflowId(stopId);
  await until(
    async () => (await rows(told, 'select 1 from restorations where stop_id = $1', [stopId])).length > 0,
  );
  const startedAheadMs = await offsetOf(hands.stand, told.account.accountId);
  const moved = { ...told.moved, workflowId, startedAheadMs };
  for (let hours = 0; hours < 26; hours += 2) await step(moved, 2 * HOUR_MS);
  await hands.stand.sim.meters.operate(told.account.meterNo, 'closed');
  await hands.post('crew-wu', `/stops/${path(stopId)}/restored`, {
    ...{ proof: { kind: 'voltage', voltagePresent: true }, proofs: [photo] },
  });
  await hands.post('head-qian', `/stops/${path(stopId)}/miss-explanation`, {
    ...{ reason: '暴雨道路中断', toldCustomer: true, toldLeader: true },
  });
  await until(hasEnded(told, workflowId));
}

/** Switched off and on again from afar; the first reminder by mail. */
export async function switchedRemotely(hands: Hands, photo: string): Promise<void> {
  const told = await begin(hands, photo, {
    ...{ remoteSwitch: true, agreedChannel: 'email', email: 'crash@example.invalid' },
  });
  await tell(told, { isRemote: true });
  const stopId = await stopOf(told);
  await pay(told);
  await until(hasEnded(told, restoreWorkflowId(stopId)));
}

/** An important user whose authority does not sign: the paper goes out, the attempt slips, the customer pays. */
export async function withoutReceipt(hands: Hands, photo: string): Promise<void> {
  const told = await begin(hands, photo, { customerClass: 'non-resident', category: 'important' });
  await tell(told, { until: (_, attempt) => attempt === 2 });
  await pay(told);
  await tell(told);
}

/** Signature refused and reported upward; paid when the crew has its ticket: it is recalled. */
export async function recalled(hands: Hands, photo: string): Promise<void> {
  const told = await begin(hands, photo, {});
  const how = { method: 'refusal', witness: '居委会王主任', circumstances: '拒绝签收' };
  await tell(told, { how, until: (stage) => stage === 'second-notice' || stage === 'permit' });
  const [service] = await rows<{ id: string }>(
    told,
    `select service_id as id from services join notices using (notice_id) where case_id = $1 and method = 'refusal' limit 1`,
    [told.caseId],
  );
  const report = { ...told.moved, workflowId: reportWorkflowId('refusal', service?.id ?? '') };
  const clock = await patiently(() => hands.stand.engine.clock(report.workflowId));
  const startedAheadMs = (await offsetOf(hands.stand, told.account.accountId)) - clock.offsetMs;
  await step({ ...report, startedAheadMs }, DAY_MS);
  await pay(told);
  await tell(told);
}

/**
 * Billing knows nothing of the account for two requests, and nobody picks up the telephone: the reminder is prepared once billing
 * answers, and the customer is called a second time and written to.
 */
export async function roundTheOutage(hands: Hands, photo: string): Promise<void> {
  const { sim } = hands.stand;
  const told = await begin(hands, photo, { agreedChannel: 'sms' }, async ({ phone, accountNo }) => {
    await sim.phone({ phone, call: ['no-answer', 'no-answer'] });
    const answer = { status: 404, body: { code: 'unknown-account', message: '系统维护中' } };
    await sim.faults.add({
      ...{ system: 'billing', fault: 'wrong-answer', times: 2, match: { accountNo } },
      answer,
    });
  });
  await tell(told, { until: (stage) => stage === 'permit' });
  await pay(told);
  await tell(told);
}
