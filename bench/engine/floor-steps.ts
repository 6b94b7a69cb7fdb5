import type { FloorStep } from './floor-workflow.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const call: FloorStep = { kind: 'call' };
const timer = (ms: number): FloorStep => ({ kind: 'timer', ms });

/** Reminder by message, and money within the payment period. */
export const PAYS_EARLY: readonly FloorStep[] = [
  timer(DAY_MS / 2),
  call,
  call,
  { kind: 'signal', ms: 8 * DAY_MS },
];

/** Reminder, yellow, approval, red, ticket, call, checks, permit, execution: the way of T2, without a rule in it. */
export const FULL_CASE: readonly FloorStep[] = [
  // First dunning by a visit: look at billing, payment period.
  call,
  timer(7 * DAY_MS),
  // Yellow notice and its period.
  { kind: 'signal', ms: 5 * DAY_MS },
  timer(12 * DAY_MS),
  { kind: 'update', ms: 12 * DAY_MS },
  // Red notice on its day.
  timer(5 * DAY_MS),
  call,
  { kind: 'signal', ms: DAY_MS / 2 },
  // Ticket on the day before.
  timer(6 * DAY_MS),
  call,
  call,
  timer(DAY_MS),
  // Check, call, answer.
  call,
  call,
  { kind: 'signal', ms: 5 * MINUTE_MS },
  timer(15 * MINUTE_MS),
  call,
  timer(30 * MINUTE_MS),
  // Permit on site and execution.
  { kind: 'update-with-call', ms: 60 * MINUTE_MS },
  { kind: 'signal', ms: 60 * MINUTE_MS },
];

/** Ticket, safety call, proof of supply, word to the customer. */
export const RESTORATION: readonly FloorStep[] = [call, call, { kind: 'signal', ms: 120 * MINUTE_MS }, call];
