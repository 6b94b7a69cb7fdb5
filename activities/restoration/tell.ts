import { putMessage } from '../../db/messages/put-message.ts';
import { explanationDueMs, oweExplanation } from '../../intake/restorations/owe-explanation.ts';
import { keepEarliestCause } from '../../intake/restorations/keep-earliest-cause.ts';
import { restorationDeadline } from '../../rules/restore/restoration-deadline.ts';
import { shanghaiText } from '../../rules/calendar/shanghai-time.ts';
import { missText, restoredText, safetyCallSpeech } from '../../systems/messages/restoring.ts';
import type { RestorationClocks, RestorationMoment, RestorationSeen } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { readStopFile, type StopFile } from './stop-file.ts';
import type { Tx } from '../../db/database.ts';

type Prepared = { messageId: string } | null;

async function prepare(
  tx: Tx,
  deps: ActivityDeps,
  at: RestorationMoment,
  file: StopFile,
  message: { purpose: string; channel: 'sms' | 'call'; text: { subject: string; zh: string } },
): Promise<Prepared> {
  if (file.phone === null) return null;
  const messageId = await putMessage(tx, deps.vault, {
    ...at,
    caseId: file.caseId,
    key: `${at.stopId}/${message.purpose}`,
    channel: message.channel,
    purpose: message.purpose,
    address: file.phone,
    content: { subject: message.text.subject, text: message.text.zh },
    occurredAt: iso(at.nowMs),
  });
  return { messageId };
}

/** The call that asks whether it is safe to switch on (安全复电); it runs beside the work. */
export async function prepareSafetyCall(
  tx: Tx,
  deps: ActivityDeps,
  at: RestorationMoment,
  file: StopFile,
): Promise<string | null> {
  if (!file.inForce) return null;
  const text = safetyCallSpeech(file);
  const call = await prepare(tx, deps, at, file, { purpose: 'safety-call', channel: 'call', text });
  return call?.messageId ?? null;
}

/** The clocks, where they run from an earlier cause than is known: a payment told later may have been made earlier (L3). */
async function movedClocks(
  tx: Tx,
  at: RestorationMoment & { causeAtMs: number },
  file: StopFile,
): Promise<RestorationClocks | undefined> {
  await keepEarliestCause(tx, at.stopId);
  const row = await tx.row<{ cause_at: string }>('select cause_at from restorations where stop_id = $1', [
    at.stopId,
  ]);
  const causeAtMs = row === undefined ? at.causeAtMs : Date.parse(row.cause_at);
  if (causeAtMs >= at.causeAtMs) return undefined;
  const { deadlineMs, escalationsMs, missDeadlineMs } = restorationDeadline({
    causeAtMs,
    policy: file.policy,
  });
  return { causeAtMs, deadlineMs, escalationsMs: [...escalationsMs], missDeadlineMs };
}

/** Whether proof of supply is stored; the customer is told then. */
export const isRestored =
  (deps: ActivityDeps) =>
  (at: RestorationMoment & { causeAtMs: number }): Promise<RestorationSeen> =>
    act(deps, at, async (tx) => {
      const file = await readStopFile(tx, deps.vault, at);
      if (file.inForce) {
        const clocks = await movedClocks(tx, at, file);
        return { restored: false, messageId: null, ...(clocks !== undefined && { clocks }) };
      }
      const text = restoredText({ ...file, restoredAt: shanghaiText(at.nowMs) });
      const told = await prepare(tx, deps, at, file, { purpose: 'restored', channel: 'sms', text });
      return { restored: true, messageId: told?.messageId ?? null };
    });

/**
 * The 24 hours are over: the miss is recorded, the customer hears of it at once as far as anything is known, and a person owes
 * the reason to customer and leader before the end of the next day (T3.3); nobody counts as told by this message alone.
 */
export const recordMiss =
  (deps: ActivityDeps) =>
  (at: RestorationMoment): Promise<{ messageId: string | null }> =>
    act(deps, at, async (tx) => {
      const file = await readStopFile(tx, deps.vault, at);
      const untilMs = explanationDueMs(at.nowMs);
      await oweExplanation(tx, at);
      const text = missText({ ...file, reason: '现场抢送未完成，正在处理', until: shanghaiText(untilMs) });
      const prepared = await prepare(tx, deps, at, file, { purpose: 'miss-explained', channel: 'sms', text });
      return { messageId: prepared?.messageId ?? null };
    });
