import { describe, expect, it } from 'vitest';
import { addDays, civilDate, daysBetween } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { reasonText } from '../../../rules/reasons/reason-text.ts';
import type { ServiceFacts } from '../../../rules/service/facts.ts';
import { isNoticeServed } from '../../../rules/service/is-notice-served.ts';
import { stopDayAfterService } from '../../../rules/service/stop-day-after-service.ts';
import { fc, forAll } from '../../support/property.ts';

const day = civilDate('2026-11-04');
const atTen = epochMsOf(day, 600);

const service = (over: Partial<ServiceFacts> = {}): ServiceFacts => ({
  kind: 'red',
  method: 'signature',
  occurredAtMs: atTen,
  nowMs: atTen,
  preparedAtMs: epochMsOf(day, 0) - 86_400_000,
  noticeStatus: 'prepared',
  meterNoSeen: 'M-1',
  accountMeterNo: 'M-1',
  proofCount: 1,
  hasWitness: false,
  hasCircumstances: false,
  agreedAddress: null,
  receipt: 'none',
  sentOn: [],
  candidateDates: [day, addDays(day, 1)],
  claimsPaid: false,
  ...over,
});
const electronic = (over: Partial<ServiceFacts> = {}): ServiceFacts =>
  service({
    method: 'electronic',
    meterNoSeen: null,
    proofCount: 0,
    receipt: 'delivered',
    sentOn: [day],
    agreedAddress: { agreedOn: addDays(day, -30), revokedOn: null },
    ...over,
  });

function judge(facts: ServiceFacts): string {
  const verdict = isNoticeServed(facts);
  const said =
    verdict.outcome === 'permitted'
      ? []
      : [...verdict.reasons, ...(verdict.outcome === 'undetermined' ? verdict.missing : [])];
  for (const reason of said) expect(reasonText(reason, 'en')).not.toContain('—');
  return [verdict.outcome, ...said.map((reason) => reason.code)].join(' ');
}

describe('isNoticeServed', () => {
  it.each<[string, ServiceFacts, string]>([
    ['T2.2: a signed sheet', service(), 'permitted'],
    ['T2.2: a signature without its picture', service({ proofCount: 0 }), 'refused signature-without-proof'],
    ['L8: a photo', service({ method: 'photo' }), 'permitted'],
    [
      'L8: a photo that is not there',
      service({ method: 'photo', proofCount: 0 }),
      'refused photo-without-proof',
    ],
    [
      'T2.2: a refusal with circumstances and a picture',
      service({ method: 'refusal', hasCircumstances: true }),
      'permitted',
    ],
    [
      'L8: a refusal with circumstances and a witness',
      service({ method: 'refusal', hasCircumstances: true, proofCount: 0, hasWitness: true }),
      'permitted',
    ],
    [
      'T2.2: a refusal without circumstances',
      service({ method: 'refusal' }),
      'refused refusal-without-circumstances',
    ],
    [
      'L8: a refusal on the reader’s word alone',
      service({ method: 'refusal', hasCircumstances: true, proofCount: 0 }),
      'refused refusal-without-proof',
    ],
    ['L8: delivered to the agreed address', electronic(), 'permitted'],
    [
      'L8: accepted by the carrier is not served',
      electronic({ receipt: 'accepted' }),
      'undetermined delivery-receipt-missing',
    ],
    [
      'L8: no word from the carrier',
      electronic({ receipt: 'none' }),
      'undetermined delivery-receipt-missing',
    ],
    ['L8: it bounced', electronic({ receipt: 'failed' }), 'refused delivery-failed'],
    ['L8: no agreement', electronic({ agreedAddress: null }), 'refused address-not-agreed'],
    [
      'L8: agreed on that very day',
      electronic({ agreedAddress: { agreedOn: day, revokedOn: null } }),
      'permitted',
    ],
    [
      'L8: agreed only the day after',
      electronic({ agreedAddress: { agreedOn: addDays(day, 1), revokedOn: null } }),
      'refused address-not-agreed',
    ],
    [
      'L8: the agreement was taken back that day',
      electronic({ agreedAddress: { agreedOn: addDays(day, -9), revokedOn: day } }),
      'refused address-not-agreed',
    ],
    [
      'T2.2: a letter for the red notice',
      service({ method: 'letter', receipt: 'delivered' }),
      'refused letter-is-not-enough',
    ],
    [
      'T2.0: a letter for the first reminder, with its receipt',
      service({ kind: 'first-dunning', method: 'letter', receipt: 'delivered', candidateDates: null }),
      'permitted',
    ],
    [
      'L8: a letter on somebody’s word that it came',
      service({
        kind: 'first-dunning',
        method: 'letter',
        receipt: 'delivered',
        proofCount: 0,
        candidateDates: null,
      }),
      'refused letter-without-proof',
    ],
    [
      'T2.0: a letter for the first reminder, posted only',
      service({ kind: 'first-dunning', method: 'letter', candidateDates: null }),
      'undetermined delivery-receipt-missing',
    ],
    [
      'T2.0: a letter that came back',
      service({ kind: 'first-dunning', method: 'letter', receipt: 'failed', candidateDates: null }),
      'refused delivery-failed',
    ],
    [
      'L8: the red notice of the day before, arriving today, names another stop',
      electronic({ sentOn: [addDays(day, -1)] }),
      'refused sent-on-another-day',
    ],
    ['L8: sent on both days, arrived today', electronic({ sentOn: [addDays(day, -1), day] }), 'permitted'],
    [
      'L8: a first reminder may arrive the day after',
      electronic({ kind: 'first-dunning', candidateDates: null, sentOn: [addDays(day, -1)] }),
      'permitted',
    ],
    [
      'T2.2: served before it was written',
      service({ preparedAtMs: atTen + 120_001 }),
      'refused service-before-the-notice',
    ],
    ['T2.2: by a clock two minutes behind', service({ preparedAtMs: atTen + 120_000 }), 'permitted'],
    [
      'T2.1: a yellow notice said to have been served last month',
      service({ kind: 'yellow', candidateDates: null, occurredAtMs: atTen - 30 * 86_400_000 }),
      'refused service-before-the-notice',
    ],
    ['T2.7: at the neighbour’s meter', service({ meterNoSeen: 'M-2' }), 'refused wrong-meter'],
    ['T2.7: the meter was not read', service({ meterNoSeen: null }), 'undetermined meter-not-read'],
    [
      'T2.2: on the last candidate day',
      service({ occurredAtMs: atTen + 86_400_000, nowMs: atTen + 86_400_000 }),
      'permitted',
    ],
    [
      'T2.2: a day too late',
      service({ occurredAtMs: atTen + 2 * 86_400_000, nowMs: atTen + 2 * 86_400_000 }),
      'refused outside-service-days',
    ],
    ['T2.2: in the first minute of the day', service({ occurredAtMs: epochMsOf(day, 0) }), 'permitted'],
    [
      'T2.2: in the last minute before it',
      service({ occurredAtMs: epochMsOf(day, 0) - 60_000 }),
      'refused outside-service-days',
    ],
    ['L8: from the future', service({ occurredAtMs: atTen + 1 }), 'refused service-in-the-future'],
    ['T2.2: served already', service({ noticeStatus: 'served' }), 'refused notice-served'],
    ['L2.ntc: a stale notice', service({ noticeStatus: 'stale' }), 'refused notice-superseded'],
    ['T2.2: nobody was met', service({ method: 'not-served' }), 'refused not-served'],
    ['T1.2: the customer says it is paid', service({ claimsPaid: true }), 'refused claims-paid'],
    [
      'T1.2: the same of the yellow notice only holds',
      service({ kind: 'yellow', claimsPaid: true }),
      'permitted',
    ],
  ])('%s', (_, facts, expected) => {
    expect(judge(facts)).toBe(expected);
  });

  it('L8: nothing counts without proof of its own, whatever else is said', () => {
    const anyService = fc.record({
      method: fc.constantFrom(
        ...(['signature', 'photo', 'refusal', 'electronic', 'letter', 'not-served'] as const),
      ),
      kind: fc.constantFrom(...(['first-dunning', 'yellow', 'red'] as const)),
      proofCount: fc.constantFrom(0, 1),
      hasWitness: fc.boolean(),
      hasCircumstances: fc.boolean(),
      receipt: fc.constantFrom(...(['none', 'accepted', 'delivered', 'failed'] as const)),
      agreedAddress: fc.constantFrom(null, { agreedOn: addDays(day, -1), revokedOn: null }),
    });
    forAll(
      [anyService],
      (over) => {
        if (isNoticeServed(service(over)).outcome !== 'permitted') return;
        const isProven =
          over.method === 'electronic'
            ? over.receipt === 'delivered'
            : over.proofCount > 0 || (over.method === 'refusal' && over.hasWitness);
        expect(isProven).toBe(true);
      },
      1000,
    );
  });
});

describe('stopDayAfterService', () => {
  it('T2.2, L8: the day of service is not counted, the seventh day after it is the stop day', () => {
    expect(stopDayAfterService(day, 7)).toBe('2026-11-11');
    expect(daysBetween(day, stopDayAfterService(day, 7))).toBe(7);
  });
  it('T2.2: over a leap day and a year’s end', () => {
    expect(stopDayAfterService(civilDate('2028-02-26'), 7)).toBe('2028-03-04');
    expect(stopDayAfterService(civilDate('2026-12-28'), 7)).toBe('2027-01-04');
  });
});
