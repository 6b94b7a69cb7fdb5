import { addDays } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { endsHold } from '../../../rules/holds/what-ends-a-hold.ts';
import { fc } from '../../support/property.ts';
import type { World } from './world.ts';

const DAY_MS = 86_400_000;

/** What the world outside does while the procedure goes on. */
export const anyEvent = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      share: fc.constantFrom(1, 0.5, 0.1),
      lateMinutes: fc.constantFrom(0, 0, 3, 90),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reverse' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('in-flight' as const), fen: fc.constantFrom(0, 5_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      days: fc.constantFrom(null, 1, 5, 20),
      kind: fc.constantFrom('dispute', 'plan', 'guarantee', 'authority-order', 'protection'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('end-hold' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('shield' as const), inDays: fc.nat(12), days: fc.nat(6) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('weather' as const),
      inDays: fc.nat(8),
      level: fc.constantFrom('orange', 'red', 'none'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('grow' as const), fen: fc.constantFrom(1, 5_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('new-meter' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('protect' as const),
      as: fc.constantFrom('registered', 'none', null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('dispute-bill' as const), is: fc.boolean() }) },
);
export type Event = typeof anyEvent extends fc.Arbitrary<infer E> ? E : never;

/** The money path: stored, laid on the bills, every right to stop taken back. */
function pay(w: World, share: number, lateMinutes: number): void {
  const openFen = w.bills.reduce((sum, bill) => sum + bill.openFen, 0);
  const fen = Math.ceil(openFen * share);
  if (fen <= 0) return;
  const id = w.payments.length + 1;
  const payment = { id, atMs: w.nowMs - lateMinutes * 60_000, recordedAtMs: w.nowMs, fen, isReversed: false };
  w.payments.push(payment);
  let left = fen;
  w.bills = w.bills.map((bill) => {
    const part = Math.min(left, bill.openFen);
    left -= part;
    return { ...bill, openFen: bill.openFen - part };
  });
  const { attempt } = w;
  if (attempt?.permit && !attempt.permit.isUsed) attempt.permit.revokedAtMs ??= w.nowMs;
  if (attempt?.ticket && attempt.ticket.status !== 'done')
    attempt.ticket = { ...attempt.ticket, status: 'recalled' };
  w.happened.push({ kind: 'paid', id, atMs: payment.atMs, recordedAtMs: w.nowMs, fen });
}

function reverse(w: World): void {
  const last = w.payments.findLast(({ isReversed }) => !isReversed);
  if (last === undefined) return;
  last.isReversed = true;
  let left = last.fen;
  w.bills = w.bills.map((bill) => {
    const part = Math.min(left, bill.principalFen - bill.openFen);
    left -= part;
    return { ...bill, openFen: bill.openFen + part };
  });
  w.happened.push({ kind: 'reversed', id: last.id, atMs: w.nowMs });
}

const inDays = (w: World, days: number) => addDays(civilDateAt(w.nowMs), days);

export function happen(w: World, event: Event): void {
  switch (event.do) {
    case 'pay':
      return pay(w, event.share, event.lateMinutes);
    case 'reverse':
      return reverse(w);
    case 'in-flight':
      w.inFlightFen = event.fen;
      return;
    case 'hold':
      w.holds = [
        ...w.holds,
        {
          kind: event.kind as 'dispute',
          untilMs: event.days === null ? null : w.nowMs + event.days * DAY_MS,
          endedAtMs: null,
        },
      ];
      return;
    case 'end-hold':
      w.holds = w.holds.filter(
        ({ kind }) => !endsHold(kind, 'withdrawn-by-person') && kind !== 'authority-order',
      );
      return;
    case 'shield':
      w.shields = [...w.shields, { from: inDays(w, event.inDays), to: inDays(w, event.inDays + event.days) }];
      return;
    case 'weather':
      w.weather[inDays(w, event.inDays)] = event.level as 'orange';
      return;
    case 'grow':
      w.bills = w.bills.map((bill) => ({
        ...bill,
        openFen: bill.openFen + event.fen,
        principalFen: bill.principalFen + event.fen,
      }));
      return;
    case 'new-meter':
      w.meterNo = 'M-2';
      return;
    case 'protect':
      w.protection = event.as as World['protection'];
      return;
    case 'dispute-bill':
      w.bills = w.bills.map((bill) => ({ ...bill, disputed: event.is }));
  }
}
