import { isRestorationOwed } from '../../../rules/restore/is-restoration-owed.ts';
import { restorationDeadline } from '../../../rules/restore/restoration-deadline.ts';
import { classifyStop } from '../../../rules/stop/classify-stop.ts';
import { policy, type Attempt, type World } from './world.ts';

const MINUTE_MS = 60_000;

/** The crew throws the switch; a bad one does so at another meter. What was done is judged. */
export function execute(w: World, attempt: Attempt, well: boolean): void {
  const meterNo = well ? w.meterNo : 'M-next-door';
  const { red, permit: given } = attempt;
  const judged = classifyStop({
    ...{ executedAtMs: w.nowMs, meterNo, accountMeterNo: w.meterNo },
    interval:
      red?.stopAtMs === null || red === null
        ? null
        : { fromMs: red.stopAtMs, untilMs: red.stopAtMs + attempt.plan.intervalMinutes * MINUTE_MS },
    permit:
      given === null
        ? null
        : {
            ...{ grantedAtMs: given.atMs, grantedRecordedAtMs: given.atMs, expiresAtMs: given.untilMs },
            ...{ revokedAtMs: given.revokedAtMs, isUsed: given.isUsed, isForThisTicket: true },
          },
    payments: w.payments
      .filter(
        ({ isReversed, recordedAtMs }) => !isReversed && red !== null && recordedAtMs >= red.recordedAtMs,
      )
      .map(({ atMs, recordedAtMs }) => ({ occurredAtMs: atMs, recordedAtMs })),
  });
  const wasPermitted = given !== null && w.nowMs < given.untilMs && given.revokedAtMs === null && well;
  w.happened.push({
    ...{
      kind: 'stopped',
      atMs: w.nowMs,
      meterNo,
      ticketNo: attempt.no,
      called: judged.classification,
      wasPermitted,
    },
  });
  if (given !== null) given.isUsed = true;
  if (attempt.ticket !== null) attempt.ticket = { ...attempt.ticket, status: 'done' };
  attempt.status = 'executed';
  const named = attempt.plan.namedBills.map(({ billId }) => billId);
  w.stopInForce = { atMs: w.nowMs, named, called: judged.classification };
  w.attempt = null;
}

/** After every move: is the light owed, and has it begun to come back? */
export function watch(w: World): void {
  if (w.stopInForce === null || w.isRestoring) return;
  const { named, called, atMs } = w.stopInForce;
  const openFen = w.bills
    .filter(({ billId }) => named.includes(billId))
    .reduce((sum, bill) => sum + bill.openFen, 0);
  const has = (kind: string) => w.holds.some((hold) => hold.kind === kind);
  const kinds = isRestorationOwed({
    ...{
      isInForce: true,
      classification: called,
      namedOpenFen: openFen,
      printedSumFen: null,
      paidSinceFen: 0,
    },
    ...{ hasGuarantee: has('guarantee'), hasPlan: has('plan'), isOrdered: has('authority-order') },
    ...{ isDisputeUpheld: false, isDanger: has('protection'), isMovedOut: false, isShielded: false },
  });
  if (kinds.length === 0) return;
  w.isRestoring = true;
  const causeMs = Math.max(atMs, called === 'lawful' ? w.nowMs : atMs);
  const { deadlineMs } = restorationDeadline({ causeAtMs: causeMs, policy });
  w.happened.push({ kind: 'owed', atMs: w.nowMs, causeMs, deadlineMs });
}
