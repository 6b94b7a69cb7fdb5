import { setTimeout as sleep } from 'node:timers/promises';
import { matterWorkflowId, type MatterKind } from '../../workflows/messages.ts';
import { basis, firm, queuedDowngrade, standing } from '../credit/support/matter.ts';
import { newAccount, type TownAccount } from '../support/town/account.ts';
import { rowsOf } from '../support/town/town.ts';
import type { Hands } from '../soak/hands.ts';
import { patiently, step } from '../soak/time.ts';

const DAY_MS = 86_400_000;
const path = encodeURIComponent;
/** A step that died with its worker is begun again after half a minute, and in a run the worker dies every few seconds. */
const WITHIN_MS = 300_000;

/** Moves a matter through so many days, or to its end. */
async function days(
  hands: Hands,
  account: TownAccount,
  matter: readonly [MatterKind, string],
  n: number,
): Promise<void> {
  const { stand } = hands;
  const workflowId = matterWorkflowId(...matter);
  await patiently(() => stand.engine.clock(workflowId));
  const moved = { stand, accountId: account.accountId, workflowId, startedAheadMs: 0 };
  const at = await step(moved, 1_000);
  const untilMs = at.nowMs + n * DAY_MS;
  for (let now = at; now.whereabouts !== null && now.nowMs < untilMs;)
    now = await step(moved, Math.max(1_000, untilMs - now.nowMs));
}

/** For a person who looks for a cause. */
const lettersOf = ({ stand }: Hands, subjectId: string): Promise<unknown[]> =>
  rowsOf(
    stand,
    `select l.kind, l.status, m.status as message, m.sending_at, m.sent_at from credit_letters l left join messages m using (message_id)
      where l.subject_id = $1`,
    [subjectId],
  );

async function reaches(hands: Hands, sql: string, id: string): Promise<void> {
  const deadlineMs = performance.now() + WITHIN_MS;
  for (;;) {
    if ((await patiently(() => rowsOf(hands.stand, sql, [id]))).length > 0) return;
    if (performance.now() > deadlineMs)
      throw new Error(
        `${id}: it did not come to: ${sql}; letters: ${JSON.stringify(await lettersOf(hands, id))}`,
      );
    await sleep(150);
  }
}

/** Somebody does what the telling needs. @throws Error when it is refused */
async function does<T>(hands: Hands, who: string, to: string, body?: object): Promise<T> {
  const answer = await hands.post<T>(who, to, body);
  if (answer.status >= 300) throw new Error(`${to}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A firm's record goes to the public platform, is acknowledged, and is taken back. */
export async function reportedAndTakenBack(hands: Hands): Promise<void> {
  const { stand } = hands;
  const account = await newAccount(stand, { agreedChannel: 'sms', customerClass: 'non-resident' });
  await stand.sim.phone({ phone: account.phone });
  const { recordId } = await firm(stand, account, { code: '91320800MA1XB23K42' });
  const basisId = await basis(stand);
  const { exportId } = await does<{ exportId: string }>(
    hands,
    'credit-he',
    `/accounts/${account.accountNo}/credit/exports`,
    { kind: 'record', subjectId: recordId, basisId },
  );
  const status = 'select 1 from credit_exports where export_id = $1 and status =';
  await days(hands, account, ['export', exportId], 2);
  await reaches(hands, `${status} 'noticed'`, exportId);
  await does(hands, 'manager-sun', `/credit/exports/${path(exportId)}/approvals`);
  await days(hands, account, ['export', exportId], 25);
  await reaches(hands, `${status} 'acknowledged'`, exportId);
  await does(hands, 'manager-sun', `/credit/exports/${path(exportId)}/withdrawal`, { cause: 'mistake' });
  await reaches(hands, `${status} 'withdrawn'`, exportId);
}

/** An objection, rejected and answered. */
export async function objected(hands: Hands): Promise<void> {
  const { stand } = hands;
  const account = await newAccount(stand, { agreedChannel: 'sms' });
  await stand.sim.phone({ phone: account.phone });
  await standing(stand, account, 'C');
  const { objectionId } = await does<{ objectionId: string }>(
    hands,
    'clerk-chen',
    `/accounts/${account.accountNo}/credit/objections`,
    { scheme: 'grade', words: '账单早已缴清', channel: 'hotline' },
  );
  await days(hands, account, ['objection', objectionId], 12);
  await does(hands, 'credit-he', `/credit/objections/${path(objectionId)}/decisions`, {
    ...{ decision: 'rejected', reason: '账单确未缴清' },
  });
  await reaches(
    hands,
    `select 1 from credit_letters where subject_id = $1 and kind = 'objection-answer' and status = 'served'`,
    objectionId,
  );
}

/** A downgrade that a person approves, told with proof, and in force after the days to reply. */
export async function downgraded(hands: Hands): Promise<void> {
  const { stand } = hands;
  const account = await newAccount(stand, { agreedChannel: 'sms' });
  await stand.sim.phone({ phone: account.phone });
  const downgradeId = await queuedDowngrade(stand, account, 'C');
  await does(hands, 'head-qian', `/credit/downgrades/${path(downgradeId)}/decisions`, {
    ...{ decision: 'approve', reason: '欠费属实' },
  });
  // The days to reply run from proof of service: a clock that is moved before the receipt has come moves their end along.
  await reaches(
    hands,
    `select 1 from credit_downgrades where downgrade_id = $1 and status = 'noticed'`,
    downgradeId,
  );
  await days(hands, account, ['downgrade', downgradeId], 12);
  await reaches(
    hands,
    `select 1 from credit_standings where account_id = $1 and grade = 'C'`,
    account.accountId,
  );
}

/** A repair, verified, lived through and granted. */
export async function repaired(hands: Hands): Promise<void> {
  const { stand } = hands;
  const account = await newAccount(stand, { agreedChannel: 'sms' });
  await stand.sim.phone({ phone: account.phone });
  await standing(stand, account, 'D');
  const { recordId } = await firm(stand, account);
  const { accountNo } = account;
  const paid = await stand.sim.pay({ accountNo });
  const { paymentId, amountFen, occurredAt } = paid;
  hands.journal.payments.push({ paymentId, accountNo, amountFen, occurredAt, status: 'posted' });
  await reaches(hands, 'select 1 from payments where payment_id = $1', paymentId);
  const { repairId } = await does<{ repairId: string }>(
    hands,
    'clerk-chen',
    `/accounts/${accountNo}/credit/repairs`,
    { recordId, words: '已拆除私接设备' },
  );
  await does(hands, 'credit-he', `/credit/repairs/${path(repairId)}/verifications`, {
    ...{ corrected: true, correctedOn: new Date().toISOString().slice(0, 10) },
    ...{ lateFeesPaid: true, reason: '现场复核合格' },
  });
  await days(hands, account, ['repair', repairId], 200);
  await reaches(hands, `select 1 from credit_repairs where repair_id = $1 and status = 'deciding'`, repairId);
  await does(hands, 'head-qian', `/credit/repairs/${path(repairId)}/decisions`, {
    ...{ decision: 'granted', reason: '保持期满' },
  });
  await reaches(
    hands,
    `select 1 from credit_annulments where record_id = $1 and cause = 'repaired'`,
    recordId,
  );
}
