import type { Reason } from '../verdict.ts';

/** A stop as it happened. Instants `…AtMs` are case time, `…RecordedAtMs` database time: the two are never compared. */
export interface ExecutedStop {
  readonly executedAtMs: number;
  readonly meterNo: string;
  readonly accountMeterNo: string;
  /** Notified interval; null when no notice fixed one. */
  readonly interval: { readonly fromMs: number; readonly untilMs: number } | null;
  readonly permit: {
    readonly grantedAtMs: number;
    readonly grantedRecordedAtMs: number;
    readonly expiresAtMs: number;
    readonly revokedAtMs: number | null;
    /** The permit has led to a stop before. */
    readonly isUsed: boolean;
    readonly isForThisTicket: boolean;
  } | null;
  /** Standing payments since the red notice. */
  readonly payments: readonly { readonly occurredAtMs: number; readonly recordedAtMs: number }[];
}

export interface StopClass {
  readonly classification: 'lawful' | 'wrongful' | 'race';
  readonly reasons: readonly Reason[];
}

function permitFaults(stop: ExecutedStop): Reason[] {
  const { permit, executedAtMs } = stop;
  const clause = 'T3.4';
  if (permit === null) return [{ code: 'stopped-without-permit', clause }];
  const reasons: Reason[] = [];
  if (!permit.isForThisTicket) reasons.push({ code: 'permit-for-another-ticket', clause });
  if (permit.isUsed) reasons.push({ code: 'permit-used-twice', clause });
  if (executedAtMs < permit.grantedAtMs) reasons.push({ code: 'stopped-before-permit', clause });
  if (executedAtMs >= permit.expiresAtMs) reasons.push({ code: 'permit-expired', clause });
  if (permit.revokedAtMs !== null && permit.revokedAtMs <= executedAtMs)
    reasons.push({ code: 'permit-revoked', clause: 'T2.6' });
  if (stop.payments.some((payment) => payment.recordedAtMs < permit.grantedRecordedAtMs))
    reasons.push({ code: 'paid-before-permit', clause: 'T2.6' });
  return reasons;
}

function placeFaults(stop: ExecutedStop): Reason[] {
  const { executedAtMs, interval } = stop;
  const reasons: Reason[] = [];
  if (stop.meterNo !== stop.accountMeterNo) reasons.push({ code: 'wrong-meter', clause: 'T2.7' });
  if (interval === null || executedAtMs < interval.fromMs || executedAtMs >= interval.untilMs)
    reasons.push({ code: 'outside-notified-time', clause: 'L2.pre' });
  return reasons;
}

/**
 * Was an executed stop lawful, wrongful, or a race (T3.4, T2.6)? Wrongful: without a valid permit, at the wrong meter or time,
 * or with a payment recorded before the grant. A payment made before the stop and recorded after the grant is a race:
 * restored first, counted apart.
 */
export function classifyStop(stop: ExecutedStop): StopClass {
  const faults = [...permitFaults(stop), ...placeFaults(stop)];
  if (faults.length > 0) return { classification: 'wrongful', reasons: faults };
  const isRace = stop.payments.some((payment) => payment.occurredAtMs <= stop.executedAtMs);
  return isRace
    ? { classification: 'race', reasons: [{ code: 'paid-before-stop-recorded-after', clause: 'T2.6' }] }
    : { classification: 'lawful', reasons: [] };
}
