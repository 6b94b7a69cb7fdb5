import { setTimeout as sleep } from 'node:timers/promises';
import { wholeCompany } from '../../db/database.ts';
import { COMPANY } from '../support/town/town.ts';
import type { Customer } from './events.ts';
import type { Hands } from './hands.ts';
import { count } from './journal.ts';
import { timed } from './spent.ts';
import { patiently } from './time.ts';

const QUIET_MS = 2_500;
const path = encodeURIComponent;

/** Waits a moment until what was sent for this account has been answered and what it caused has been carried. */
export const quietFor = (hands: Hands, accountId: string): Promise<void> =>
  timed('quiet', () => untilQuiet(hands, accountId));

async function untilQuiet(hands: Hands, accountId: string): Promise<void> {
  const deadlineMs = performance.now() + QUIET_MS;
  while (performance.now() < deadlineMs) {
    const row = await patiently(() =>
      hands.stand.db.tx(wholeCompany(COMPANY), (tx) =>
        tx.row<{ n: number }>(
          `select (select count(*) from outbox where done_at is null and kind in ('signal-case', 'start-restore', 'signal-restore')
                     and payload::text like '%' || $1 || '%')
                + (select count(*) from messages where account_id = $1 and status in ('sending', 'sent')
                     and channel <> 'letter' and coalesce(sent_at, sending_at) > clock_timestamp() - interval '2 seconds') as n`,
          [accountId],
        ),
      ),
    );
    if (Number(row?.n ?? 0) === 0) return;
    await sleep(50);
  }
}

interface Turn {
  readonly customer: Customer;
  readonly photo: string;
}

/** The reader serves what waits: with a signature, a photo, against a refusal, badly, or not at all. */
export async function serveNotices({ customer, photo }: Turn, caseId: string, nowMs: number): Promise<void> {
  const { hands, dice, account } = customer;
  const { body } = await hands.get<{ items?: { ref: string; kind: string; notBefore: string }[] }>(
    'reader-zhang',
    `/tasks?caseId=${caseId}`,
  );
  for (const task of body.items ?? []) {
    if (!task.kind.startsWith('serve-') || Date.parse(task.notBefore) > nowMs || dice.chance(12)) continue;
    const how = dice.weighed([
      [60, { method: 'signature', proofs: [photo] }],
      [14, { method: 'photo', proofs: [photo] }],
      [8, { method: 'refusal', proofs: [photo], witness: '居委会王主任', circumstances: '拒绝签收' }],
      [4, { method: 'refusal', proofs: [photo] }],
      [4, { method: 'signature', proofs: [] }],
      [4, { method: 'signature', proofs: [photo], meterNo: 'M-next-door' }],
      [3, { method: 'not-served', proofs: [] }],
      [3, { method: 'signature', proofs: [photo], claimsPaid: true }],
    ] as const);
    const answer = await hands.post<{ serviceId: string; counts: boolean }>(
      'reader-zhang',
      `/notices/${path(task.ref)}/services`,
      { meterNo: account.meterNo, ...how },
      { kind: 'service', accountNo: account.accountNo, ref: (served) => served.serviceId },
    );
    if (answer.status >= 300) continue;
    count(hands.journal, answer.body.counts ? 'service counts' : 'service does not count');
    const isProven = how.proofs.length > 0 && !('meterNo' in how) && how.method !== 'not-served';
    if (answer.body.counts && !isProven)
      hands.journal.wrongAnswers.push(`${task.ref}: served without proof (${how.method})`);
  }
}

const SIGNERS: Readonly<Record<string, string>> = {
  'station-head': 'head-qian',
  'marketing-manager': 'manager-sun',
  'company-head': 'company-head-zhu',
  'company-president': 'president-qin',
  'government-liaison': 'liaison-you',
};

/** Leaders sign, refuse, or look at it another day; the applicant and the wrong desk try, too. */
export async function decideApprovals({ customer }: Turn, caseId: string): Promise<void> {
  const { hands, dice, account } = customer;
  const waiting = await patiently(() =>
    hands.stand.db.tx(wholeCompany(COMPANY), (tx) =>
      tx.rows<{ approval_id: string; required_roles: string[] }>(
        `select approval_id, required_roles from approvals where case_id = $1 and status = 'pending'`,
        [caseId],
      ),
    ),
  );
  for (const { approval_id: approvalId, required_roles: roles } of waiting) {
    if (dice.chance(10)) continue;
    if (dice.chance(8)) {
      const answer = await hands.post('leader-zhao', `/approvals/${path(approvalId)}/decisions`, {
        ...{ decision: 'approve', reason: '越权' },
      });
      if (answer.status < 300) hands.journal.wrongAnswers.push(`${approvalId}: signed by who may not`);
    }
    const decision = dice.chance(4) ? 'refuse' : 'approve';
    for (const role of roles)
      await hands.post(
        SIGNERS[role] ?? 'head-qian',
        `/approvals/${path(approvalId)}/decisions`,
        { decision, reason: '符合规定' },
        {
          kind: 'approval-decision',
          accountNo: account.accountNo,
          ref: `${approvalId} ${SIGNERS[role] ?? ''}`,
        },
      );
  }
}
