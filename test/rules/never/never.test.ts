import { expect, test, vi } from 'vitest';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { daysBetween } from '../../../rules/calendar/civil-date.ts';
import { forAll } from '../../support/property.ts';
import { anyStory, tell, type Story } from './procedure.ts';
import { READER, type Happened } from './world.ts';

/** Stories that every law is held against; FUDIAN_STORIES=100000 takes longer. */
const STORIES = Number(process.env['FUDIAN_STORIES'] ?? 2_000);
// The first law tells the stories for all of them.
vi.setConfig({ testTimeout: 600_000 });
const MINUTE_MS = 60_000;

type Kind = Happened['kind'];
type Of<K extends Kind> = Extract<Happened, { kind: K }>;
const only = <K extends Kind>(happened: readonly Happened[], kind: K): Of<K>[] =>
  happened.filter((one): one is Of<K> => one.kind === kind);

/** The laws are held against the same stories, each told once. */
const told = new Map<string, readonly Happened[]>();
function toldOnce(story: Story): readonly Happened[] {
  const name = JSON.stringify(story);
  const known = told.get(name) ?? tell(story).happened;
  told.set(name, known);
  return known;
}

/** Holds a law against every story, and makes sure that what the law is about did come up. */
function always(
  about: Kind,
  atLeast: number,
  law: (happened: readonly Happened[], story: Story) => void,
  stories = STORIES,
): void {
  let met = 0;
  forAll(
    [anyStory],
    (story) => {
      const happened = toldOnce(story);
      met += happened.filter(({ kind }) => kind === about).length;
      law(happened, story);
    },
    stories,
  );
  expect(met).toBeGreaterThan((atLeast * stories) / 1000);
}

/** The last of a kind before an instant. */
const lastBefore = <K extends Kind>(
  happened: readonly Happened[],
  kind: K,
  at: Happened,
): Of<K> | undefined => only(happened.slice(0, happened.indexOf(at)), kind).at(-1);

test('T2.6: never a stop that was not permitted at T-0 by facts younger than a minute', () =>
  always('permit', 60, (happened) => {
    for (const permit of only(happened, 'permit')) {
      const read = lastBefore(happened, 'billing-read', permit);
      expect(permit.atMs - (read?.atMs ?? -Infinity)).toBeLessThanOrEqual(MINUTE_MS);
    }
    const lawful = only(happened, 'stopped').filter(({ called }) => called === 'lawful');
    expect(lawful.filter(({ wasPermitted }) => !wasPermitted)).toEqual([]);
  }));

test('L2.pre, T2.2: never a stop outside the notified time', () =>
  always('permit', 60, (happened) => {
    for (const permit of only(happened, 'permit')) {
      const red = lastBefore(happened, 'served', permit);
      expect(red?.notice).toBe('red');
      expect(daysBetween(civilDateAt(red?.atMs ?? 0), civilDateAt(permit.stopAtMs))).toBe(7);
      expect(permit.atMs).toBeGreaterThanOrEqual(permit.stopAtMs);
      expect(permit.atMs).toBeLessThan(permit.stopAtMs + 60 * MINUTE_MS);
      expect(permit.untilMs).toBeLessThanOrEqual(permit.stopAtMs + 60 * MINUTE_MS);
      const told = lastBefore(happened, 'told-again', permit);
      expect(permit.stopAtMs - (told?.atMs ?? Infinity)).toBeGreaterThanOrEqual(30 * MINUTE_MS);
    }
    const outside = only(happened, 'stopped').filter((stop) => {
      const permit = lastBefore(happened, 'permit', stop);
      return permit === undefined || stop.atMs < permit.stopAtMs || stop.atMs >= permit.untilMs;
    });
    expect(outside.filter(({ called }) => called !== 'wrongful')).toEqual([]);
  }));

test('T2.7: never a stop on the wrong meter that is not called wrongful', () =>
  always('stopped', 40, (happened) => {
    const nextDoor = only(happened, 'stopped').filter(({ meterNo }) => meterNo === 'M-next-door');
    expect(nextDoor.filter(({ called }) => called !== 'wrongful')).toEqual([]);
  }));

test('T2.3: never two stops for one ticket', () =>
  always('stopped', 40, (happened) => {
    const tickets = only(happened, 'stopped').map(({ ticketNo }) => ticketNo);
    expect(new Set(tickets).size).toBe(tickets.length);
    const permits = only(happened, 'permit').map(({ ticketNo }) => ticketNo);
    expect(new Set(permits).size).toBe(permits.length);
  }));

test('L3, T3.3: never a restoration lost, or started twice, or with more than 24 hours', () =>
  always('owed', 4, (happened) => {
    for (const { deadlineMs, causeMs } of only(happened, 'owed'))
      expect(deadlineMs - causeMs).toBe(24 * 60 * MINUTE_MS);
    const stops = only(happened, 'stopped');
    for (const [at, stop] of stops.entries()) {
      const next = stops[at + 1];
      const after = happened.slice(happened.indexOf(stop), next && happened.indexOf(next));
      const [owed, made] = [only(after, 'owed').length, only(after, 'restored').length];
      expect(owed).toBeLessThanOrEqual(1);
      expect(made).toBeLessThanOrEqual(owed);
      expect(owed).toBeGreaterThanOrEqual(stop.called === 'lawful' ? 0 : 1);
    }
  }));

test('T2.6, T2.8: never a payment forgotten: it excludes a permit, and a stop after it is never lawful', () =>
  always('paid', 50, (happened) => {
    const isStanding = (paid: Of<'paid'>, before: Happened) =>
      !only(happened.slice(0, happened.indexOf(before)), 'reversed').some(({ id }) => id === paid.id);
    for (const permit of only(happened, 'permit')) {
      const red = lastBefore(happened, 'served', permit);
      const known = only(happened.slice(0, happened.indexOf(permit)), 'paid').filter(
        (paid) => paid.recordedAtMs >= (red?.atMs ?? 0) && isStanding(paid, permit),
      );
      expect(known).toEqual([]);
    }
    const afterPayment = only(happened, 'stopped').filter((stop) => {
      const red = lastBefore(happened, 'served', stop);
      return only(happened.slice(0, happened.indexOf(stop)), 'paid').some(
        (one) => one.recordedAtMs >= (red?.atMs ?? 0) && one.atMs <= stop.atMs && isStanding(one, stop),
      );
    });
    expect(afterPayment.filter(({ called }) => called === 'lawful')).toEqual([]);
  }));

test('T2.2, L8: never a notice counted as served without proof', () =>
  always('served', 1_000, (happened) => {
    for (const one of only(happened, 'served')) {
      expect(one.proofs).toBeGreaterThan(0);
      expect(one.meterNo).not.toBe('M-next-door');
    }
  }));

test('T3.4, T2.0: never an approval by the applicant, after the fact, or for other bills or more principal', () =>
  always('permit', 60, (happened) => {
    for (const signed of only(happened, 'signed')) expect(signed.by).not.toBe(READER);
    for (const permit of only(happened, 'permit')) {
      const signed = lastBefore(happened, 'signed', permit);
      const red = lastBefore(happened, 'served', permit);
      expect(signed?.attempt).toBe(permit.attempt);
      expect(signed?.atMs).toBeLessThanOrEqual(red?.atMs ?? 0);
      expect(permit.namedFen).toBeLessThanOrEqual(signed?.bound.principalFen ?? 0);
    }
  }));

test('L2.30: never a permit before the bill is more than thirty days overdue, however the days fall', () =>
  always('permit', 60, (happened, { dueDaysAgo }) => {
    for (const permit of only(happened, 'permit')) {
      const overdue = daysBetween(civilDateAt(tell0(happened)), civilDateAt(permit.stopAtMs)) + dueDaysAgo;
      expect(overdue).toBeGreaterThanOrEqual(32);
    }
  }));

/** The day on which every story begins. */
const tell0 = (happened: readonly Happened[]): number =>
  happened.length === 0 ? 0 : Date.UTC(2026, 7, 3, 2);

test('a story told again is the same, and what has happened once stays as it was', () =>
  always(
    'served',
    1_000,
    (happened, story) => {
      expect(tell(story).happened).toEqual(happened);
      const half = { ...story, moves: story.moves.slice(0, Math.ceil(story.moves.length / 2)) };
      const before = tell(half).happened;
      expect(happened.slice(0, before.length)).toEqual(before);
    },
    STORIES / 10,
  ));
