import { describe, expect, it } from 'vitest';
import { reasonText } from '../../../rules/reasons/reason-text.ts';
import { classifyStop, type ExecutedStop } from '../../../rules/stop/classify-stop.ts';
import { fc, forAll } from '../../support/property.ts';

type Permit = NonNullable<ExecutedStop['permit']>;
/** Case time runs from 0; database time from one million, so that mixing them up would show. */
const RECORDED = 1_000_000;
const permit: Permit = {
  grantedAtMs: 100,
  grantedRecordedAtMs: RECORDED + 100,
  expiresAtMs: 700,
  revokedAtMs: null,
  isUsed: false,
  isForThisTicket: true,
};
const stop = (over: Partial<ExecutedStop> = {}, permitOver: Partial<Permit> = {}): ExecutedStop => ({
  executedAtMs: 400,
  meterNo: 'M-1',
  accountMeterNo: 'M-1',
  interval: { fromMs: 0, untilMs: 1000 },
  permit: { ...permit, ...permitOver },
  payments: [],
  ...over,
});
const paid = (occurredAtMs: number, recordedAtMs: number): Partial<ExecutedStop> => ({
  payments: [{ occurredAtMs, recordedAtMs: RECORDED + recordedAtMs }],
});

describe('classifyStop', () => {
  it.each<[string, ExecutedStop, string]>([
    ['T2.7: under a living permit', stop(), 'lawful'],
    ['T3.4: without any permit', stop({ permit: null }), 'wrongful stopped-without-permit'],
    ['T3.4: at the permit’s first moment', stop({ executedAtMs: 100 }), 'lawful'],
    [
      'T3.4: before it was given (approved after the fact)',
      stop({ executedAtMs: 99 }),
      'wrongful stopped-before-permit',
    ],
    ['T3.4: the last moment of its life', stop({ executedAtMs: 699 }), 'lawful'],
    ['T3.4: when it is over', stop({ executedAtMs: 700 }), 'wrongful permit-expired'],
    ['T2.6: revoked before', stop({}, { revokedAtMs: 400 }), 'wrongful permit-revoked'],
    ['T2.6: revoked afterwards, nothing paid', stop({}, { revokedAtMs: 401 }), 'lawful'],
    ['T3.4: used a second time', stop({}, { isUsed: true }), 'wrongful permit-used-twice'],
    ['T3.4: of another ticket', stop({}, { isForThisTicket: false }), 'wrongful permit-for-another-ticket'],
    ['T2.7: at the neighbour’s meter', stop({ meterNo: 'M-2' }), 'wrongful wrong-meter'],
    [
      'L2.pre: before the notified time',
      stop({ interval: { fromMs: 401, untilMs: 1000 } }),
      'wrongful outside-notified-time',
    ],
    ['L2.pre: after it', stop({ interval: { fromMs: 0, untilMs: 400 } }), 'wrongful outside-notified-time'],
    ['T2.2: no notice fixed a time', stop({ interval: null }), 'wrongful outside-notified-time'],
    ['T2.6: paid and recorded before the grant', stop(paid(50, 99)), 'wrongful paid-before-permit'],
    [
      'T2.6: paid before the stop, recorded after the grant',
      stop(paid(50, 101)),
      'race paid-before-stop-recorded-after',
    ],
    ['T2.6: paid in the moment of the stop', stop(paid(400, 500)), 'race paid-before-stop-recorded-after'],
    ['T2.6: paid after the stop', stop(paid(401, 500)), 'lawful'],
  ])('%s', (_, facts, expected) => {
    const answer = classifyStop(facts);
    for (const reason of answer.reasons) expect(reasonText(reason, 'zh')).not.toContain('—');
    expect([answer.classification, ...answer.reasons.map((reason) => reason.code)].join(' ')).toBe(expected);
  });

  it('T2.6: a stop after a payment that was known is never called lawful, nor merely a race', () => {
    const time = fc.integer({ min: 0, max: 1000 });
    forAll(
      [time, time, time, fc.option(time, { nil: null })],
      (executedAtMs, occurredAtMs, recordedAtMs, revokedAtMs) => {
        const { classification } = classifyStop(
          stop({ executedAtMs, ...paid(occurredAtMs, recordedAtMs) }, { revokedAtMs }),
        );
        const isKnown = recordedAtMs < 100 || (revokedAtMs !== null && revokedAtMs <= executedAtMs);
        expect(isKnown && classification !== 'wrongful').toBe(false);
        expect(occurredAtMs <= executedAtMs && classification === 'lawful').toBe(false);
      },
      2000,
    );
  });
});
