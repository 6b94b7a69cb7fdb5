import { describe, expect, it } from 'vitest';
import { addDays, civilDate } from '../../../rules/calendar/civil-date.ts';
import { HOLD_KINDS } from '../../../rules/holds/hold-kind.ts';
import { STOP_STAGES, type StopFacts, type StopStage } from '../../../rules/stop/facts.ts';
import { judge } from './support/judge.ts';
import { dayMs, lawfulStop, MINUTE_MS, STOP_AT_MS, STOP_DATE, TICKET_DATE } from './support/lawful-stop.ts';

const base = lawfulStop();
const red = (over: Partial<NonNullable<StopFacts['red']>>): Partial<StopFacts> =>
  base.red === null ? {} : { red: { ...base.red, ...over } };
const approval = (over: Partial<NonNullable<StopFacts['approval']>>): Partial<StopFacts> =>
  base.approval === null ? {} : { approval: { ...base.approval, ...over } };
const bound = (over: Partial<NonNullable<StopFacts['approval']>['bound']>): Partial<StopFacts> =>
  base.approval === null ? {} : approval({ bound: { ...base.approval.bound, ...over } });
const bill = (over: Partial<StopFacts['bills'][number]>): Partial<StopFacts> => ({
  bills: base.bills.map((one) => ({ ...one, ...over })),
});

describe('mayStop', () => {
  it.each(STOP_STAGES)('%s: a lawful stop is permitted', (stage) => {
    expect(judge(lawfulStop(stage), stage)).toBe('permitted');
  });

  const dueFor31Days = addDays(STOP_DATE, -31);
  const dueFor32Days = addDays(STOP_DATE, -32);
  it.each<[string, Partial<StopFacts>, string]>([
    ['L2.30: 31 days after the due date', bill({ dueDate: dueFor31Days }), 'refused not-overdue-long-enough'],
    ['L2.30: 32 days after the due date', bill({ dueDate: dueFor32Days }), 'permitted'],
    [
      'L2.30: a case’s softer policy does not override the law',
      { ...bill({ dueDate: dueFor31Days }), policy: { ...base.policy, stopAfterDueDays: 10 } },
      'refused not-overdue-long-enough',
    ],
    ['L2.30: water mixed in', bill({ service: 'water' }), 'refused other-service-named'],
    [
      'L2.30: a bill that the account does not have',
      { bills: [] },
      'undetermined no-late-fee-accrued named-bill-unknown',
    ],
    ['L5: a disputed bill', bill({ disputed: true }), 'refused named-bill-disputed'],
    ['T2.8: paid in full', bill({ openFen: 0 }), 'refused named-debt-paid no-late-fee-accrued'],
    ['T2.0: one fen below the minimum', bill({ openFen: 4_999 }), 'refused below-minimum-debt'],
    ['T2.0: at the minimum', bill({ openFen: 5_000 }), 'permitted'],
    ['T2.0: no first reminder', { firstDunningServedAtMs: null }, 'refused first-dunning-not-served'],
    ['T2.1: no yellow notice', { yellowServedAtMs: null }, 'refused yellow-notice-not-served'],
    [
      'T2.0: both reminders on one day',
      { firstDunningServedAtMs: dayMs('2026-10-12', 500) },
      'refused dunned-twice-in-one-day',
    ],
    [
      'T2.1: the yellow period still runs',
      { yellowServedAtMs: dayMs('2026-11-04') },
      'refused yellow-period-runs',
    ],
    ['T2.1: it ended yesterday', { yellowServedAtMs: dayMs('2026-11-03') }, 'permitted'],
    [
      'T2.0: late fees suspended throughout',
      { feeShields: [{ from: civilDate('2026-09-01'), to: civilDate('2026-12-31') }] },
      'refused no-late-fee-accrued',
    ],
    ['T3.4: nobody asked for approval', { approval: null }, 'refused not-approved'],
    ['T3.4: pending', approval({ status: 'pending' }), 'refused approval-pending'],
    ['T3.4: expired', approval({ status: 'expired' }), 'refused approval-expired'],
    ['T3.4: another meter approved', bound({ meterNo: 'M-2' }), 'refused approved-for-another-meter'],
    ['T3.4: the contract changed hands', bound({ debtorId: 'D-2' }), 'refused approved-for-another-debtor'],
    ['T3.4: other bills', bound({ billIds: ['B-2'] }), 'refused bill-not-approved'],
    ['T3.4: a fen more principal', bound({ principalFen: 19_999 }), 'refused principal-above-approval'],
    ['T3.4: less principal than approved', bound({ principalFen: 30_000 }), 'permitted'],
    [
      'T3.4: another day',
      bound({ slots: [{ stopDate: addDays(STOP_DATE, 1), startMinute: 600 }] }),
      'refused day-not-approved',
    ],
    [
      'T3.4: another hour',
      bound({ slots: [{ stopDate: STOP_DATE, startMinute: 615 }] }),
      'refused interval-not-approved',
    ],
    ['T2.2: red notice not served', { red: null }, 'refused red-notice-not-served'],
    ['T2.2: six days of notice', red({ servedAtMs: dayMs('2026-11-05') }), 'refused notice-too-short'],
    [
      'L2.ntc: eight days of notice, gone stale',
      red({ servedAtMs: dayMs('2026-11-03') }),
      'refused notice-stale',
    ],
    ['T2.2: a stale notice', red({ status: 'stale' }), 'refused notice-stale-after-slip'],
    [
      'T2.2: the notice names another hour',
      red({ stopAtMs: STOP_AT_MS + MINUTE_MS }),
      'refused notice-names-another-time',
    ],
    ['T2.2: the notice names other bills', red({ billIds: ['B-9'] }), 'refused notice-names-other-bills'],
    [
      'T2.5: the customer may pay today still',
      red({ lastPaymentOn: STOP_DATE }),
      'refused payment-period-runs',
    ],
    ['L2.pre: a minute early', { nowMs: STOP_AT_MS - MINUTE_MS }, 'refused before-the-notified-time'],
    ['L2.pre: the last millisecond', { nowMs: STOP_AT_MS + 60 * MINUTE_MS - 1 }, 'permitted'],
    ['L2.pre: the end itself', { nowMs: STOP_AT_MS + 60 * MINUTE_MS }, 'refused after-the-notified-time'],
    ['T2.6: billing read 60 seconds ago', { billingAgeSeconds: 60 }, 'permitted'],
    ['T2.6: billing read 61 seconds ago', { billingAgeSeconds: 61 }, 'undetermined facts-stale'],
    ['T2.6: billing never read', { billingAgeSeconds: null }, 'undetermined billing-not-read'],
    ['T2.6: money in flight', { inFlightFen: 1 }, 'refused money-in-flight'],
    [
      'T2.6: the printed sum is paid',
      { paidSinceRedFen: 21_000 },
      'refused named-debt-paid payment-since-notice',
    ],
    ['T1.2: a fen paid since the notice', { paidSinceRedFen: 1 }, 'refused payment-since-notice'],
    ['L10: shielded today', { stopShields: [{ from: STOP_DATE, to: STOP_DATE }] }, 'refused shielded'],
    ['L10: shielded until yesterday', { stopShields: [{ from: TICKET_DATE, to: TICKET_DATE }] }, 'permitted'],
    ['L11: registered', { protection: 'registered' }, 'refused protected-person'],
    ['L11: nobody asked', { protection: null }, 'undetermined protection-not-asked'],
    ['L2.oth: a master meter', { category: 'master-meter', authorityReceiptAtMs: 1 }, 'refused master-meter'],
    ['T2.2: moved out', { movedOutOn: STOP_DATE }, 'refused moved-out'],
    ['T3.6: nobody ever answered', { contacts: 0 }, 'undetermined nobody-known-to-know'],
    ['T3.6: nobody answered, a senior decided', { contacts: 0, seniorDecided: true }, 'permitted'],
    ['T2.4: not told once more', { secondNoticeAtMs: null }, 'undetermined second-notice-not-proven'],
    ['T2.4: told 30 minutes before', { secondNoticeAtMs: STOP_AT_MS - 30 * MINUTE_MS }, 'permitted'],
    [
      'L2.pre: told 29 minutes before',
      { secondNoticeAtMs: STOP_AT_MS - 29 * MINUTE_MS },
      'refused second-notice-too-late',
    ],
    [
      'L2.pre: a shop is told an hour before',
      { customerClass: 'non-resident', secondNoticeAtMs: STOP_AT_MS - 59 * MINUTE_MS },
      'refused second-notice-too-late',
    ],
    ['T2.7: meter not read', { onSite: null }, 'undetermined meter-not-read'],
    [
      'T2.7: the neighbour’s meter',
      { onSite: { crewId: 'crew-1', seenMeterNo: 'M-2', inDoubt: false, identified: true } },
      'refused wrong-meter',
    ],
    [
      'T2.7: in doubt',
      { onSite: { crewId: 'crew-1', seenMeterNo: 'M-1', inDoubt: true, identified: false } },
      'undetermined meter-in-doubt',
    ],
    [
      'T2.7: identified by the reader',
      { onSite: { crewId: 'crew-1', seenMeterNo: 'M-1', inDoubt: true, identified: true } },
      'permitted',
    ],
    [
      'T2.7: the meter was changed since',
      { ticket: { status: 'dispatched', meterNo: 'M-0' } },
      'refused meter-changed',
    ],
    [
      'T1.2: the ticket is recalled',
      { ticket: { status: 'recalled', meterNo: 'M-1' } },
      'refused ticket-recalled',
    ],
    [
      'T3.4: the approver holds the switch',
      { onSite: { crewId: 'head-1', seenMeterNo: 'M-1', inDoubt: false, identified: false } },
      'refused executor-is-applicant-or-approver',
    ],
    ['L10: an orange warning', { weather: 'orange' }, 'refused weather-warning'],
    ['L10: a yellow warning', { weather: 'yellow' }, 'permitted'],
    [
      'L2.gov: an important user without the receipt',
      { category: 'important' },
      'undetermined authority-receipt-missing',
    ],
    [
      'L2.gov: a works that cannot simply be switched off',
      { category: 'continuous-process' },
      'undetermined authority-receipt-missing',
    ],
    ['L2.gov: with it', { category: 'important', authorityReceiptAtMs: 1 }, 'permitted'],
    ['T2.8: the case is closed', { isCaseOpen: false }, 'refused case-closed'],
    ['L2.ntc: the attempt slipped', { planStatus: 'slipped' }, 'refused attempt-over'],
  ])('%s', (_, over, expected) => {
    expect(judge(lawfulStop('T-0', over), 'T-0')).toBe(expected);
  });

  it.each(HOLD_KINDS)('T1.2: a hold of kind %s stops every stage until it ends', (kind) => {
    const holding = { kind, untilMs: null, endedAtMs: null };
    for (const stage of STOP_STAGES)
      expect(judge(lawfulStop(stage, { holds: [holding] }), stage)).toBe(`refused on-hold-${kind}`);
    expect(judge(lawfulStop('T-0', { holds: [{ ...holding, untilMs: STOP_AT_MS + 1 }] }), 'T-0')).toContain(
      'on-hold',
    );
    expect(judge(lawfulStop('T-0', { holds: [{ ...holding, untilMs: STOP_AT_MS }] }), 'T-0')).toBe(
      'permitted',
    );
    expect(judge(lawfulStop('T-0', { holds: [{ ...holding, endedAtMs: 1 }] }), 'T-0')).toBe('permitted');
  });

  const site = (over: object): Partial<StopFacts> => ({
    onSite: { crewId: 'crew-1', seenMeterNo: 'M-1', inDoubt: false, identified: false, ...over },
  });
  it.each<[string, StopStage, Partial<StopFacts>, string]>([
    ['T2.2: an attempt that is over', 'plan', { planStatus: 'slipped' }, 'attempt-over'],
    ['T2.8: a paid bill', 'plan', bill({ openFen: 0 }), 'named-debt-paid'],
    ['L2.30: thirty-one days', 'plan', bill({ dueDate: dueFor31Days }), 'not-overdue-long-enough'],
    ['T2.0: no first reminder', 'plan', { firstDunningServedAtMs: null }, 'first-dunning-not-served'],
    ['T2.6: money in flight', 'plan', { inFlightFen: 1 }, 'money-in-flight'],
    ['L10: a shield', 'plan', { stopShields: [{ from: STOP_DATE, to: STOP_DATE }] }, 'shielded'],
    [
      'T1.2: a hold',
      'plan',
      { holds: [{ kind: 'dispute', untilMs: null, endedAtMs: null }] },
      'on-hold-dispute',
    ],
    ['L11: a protected person', 'plan', { protection: 'registered' }, 'protected-person'],
    ['T2.1: no yellow notice', 'red', { yellowServedAtMs: null }, 'yellow-notice-not-served'],
    [
      'T2.0: no late fee',
      'red',
      { feeShields: [{ from: civilDate('2026-09-01'), to: civilDate('2026-12-31') }] },
      'no-late-fee-accrued',
    ],
    ['T3.4: no approval', 'red', { approval: null }, 'not-approved'],
    ['T2.6: old facts', 'red', { billingAgeSeconds: 61 }, 'facts-stale'],
    ['T2.2: no red notice', 'ticket', { red: null }, 'red-notice-not-served'],
    ['T2.2: no published year', 'ticket', { calendar: { years: {}, statutory: [] } }, 'day-undetermined'],
    ['L10: a red warning', 'ticket', { weather: 'red' }, 'weather-warning'],
    ['L2.gov: no receipt', 'ticket', { category: 'important' }, 'authority-receipt-missing'],
    [
      'T2.3: a recalled ticket',
      'T-45',
      { ticket: { status: 'recalled', meterNo: 'M-1' } },
      'ticket-recalled',
    ],
    ['T2.4: not told once more', 'T-30', { secondNoticeAtMs: null }, 'second-notice-not-proven'],
    ['T3.6: nobody knows', 'T-30', { contacts: 0 }, 'nobody-known-to-know'],
    ['T2.7: another meter', 'T-0', site({ seenMeterNo: 'M-2' }), 'wrong-meter'],
    ['T3.4: the approver on site', 'T-0', site({ crewId: 'head-1' }), 'executor-is-applicant-or-approver'],
  ])('%s is refused from %s on, at every later stage too', (_, from, over, code) => {
    for (const stage of STOP_STAGES.slice(STOP_STAGES.indexOf(from)))
      expect([stage, judge(lawfulStop(stage, over), stage).split(' ')]).toEqual([
        stage,
        expect.arrayContaining([code]),
      ]);
  });

  it('returns every reason, not the first', () => {
    const spoilt = lawfulStop('T-0', { approval: null, red: null, inFlightFen: 5, protection: null });
    expect(judge(spoilt, 'T-0')).toBe(
      'undetermined money-in-flight not-approved red-notice-not-served protection-not-asked',
    );
  });

  it.each<[string, StopStage, number, string]>([
    ['T2.3: ticket a day early', 'ticket', dayMs('2026-11-09'), 'refused ticket-day-not-reached'],
    [
      'T2.3: ticket on the stop day, after an outage',
      'ticket',
      dayMs('2026-11-11', 1),
      'refused ticket-day-missed',
    ],
    ['T2.4: no call any more at T-30', 'T-45', STOP_AT_MS - 30 * MINUTE_MS, 'refused step-too-late'],
    ['T2.4: still a call a minute before', 'T-45', STOP_AT_MS - 31 * MINUTE_MS, 'permitted'],
    ['T2.6: no last check at T', 'T-30', STOP_AT_MS, 'refused step-too-late'],
    ['T2.6: not the evening before', 'T-45', dayMs('2026-11-10', 1200), 'refused stop-day-not-reached'],
  ])('%s', (_, stage, nowMs, expected) => {
    expect(judge(lawfulStop(stage, { nowMs }), stage)).toBe(expected);
  });

  it('L10: before the day is fixed, a shield over one candidate leaves the others; over all it refuses', () => {
    const slots = [
      { stopDate: STOP_DATE, startMinute: 600, ticketDate: TICKET_DATE },
      { stopDate: addDays(STOP_DATE, 1), startMinute: 600, ticketDate: STOP_DATE },
    ];
    const one = [{ from: STOP_DATE, to: STOP_DATE }];
    const all = [{ from: STOP_DATE, to: addDays(STOP_DATE, 7) }];
    expect(judge(lawfulStop('plan', { slots, stopShields: one }), 'plan')).toBe('permitted');
    expect(judge(lawfulStop('plan', { slots, stopShields: all }), 'plan')).toBe('refused shielded shielded');
  });

  it('T2.2: a weekend, an evening or an unpublished year is no stop window', () => {
    const saturday = dayMs('2026-11-14');
    const moved = (stopAtMs: number): Partial<StopFacts> => ({
      stopAtMs,
      nowMs: stopAtMs,
      ...red({ servedAtMs: stopAtMs - 7 * 86_400_000, stopAtMs, lastPaymentOn: null }),
      ...bound({}),
      secondNoticeAtMs: stopAtMs - 40 * MINUTE_MS,
    });
    expect(judge(lawfulStop('T-0', moved(saturday)), 'T-0')).toContain('day-not-working');
    expect(judge(lawfulStop('T-0', moved(dayMs('2026-11-11', 870))), 'T-0')).toContain('outside-stop-hours');
    const unpublished = { calendar: { years: {}, statutory: [] } };
    expect(judge(lawfulStop('T-0', unpublished), 'T-0')).toMatch(/^undetermined/);
  });
});
