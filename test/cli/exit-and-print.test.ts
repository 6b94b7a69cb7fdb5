import { expect, test } from 'vitest';
import { ApiRefusal } from '../../cli/core/api-client.ts';
import { EXIT } from '../../cli/core/exit.ts';
import { table, when, yuan } from '../../cli/core/print.ts';
import { detailText } from '../../cli/core/timeline.ts';
import { targetMs } from '../../cli/commands/fast-forward.ts';
import { wordsFor } from '../../cli/core/words.ts';

const nowMs = Date.parse('2026-11-24T09:00:00+08:00');

test.each([
  [409, { reasons: [{ code: 'paid', clause: 'T2.6' }] }, EXIT.refused],
  [403, {}, EXIT.refused],
  [400, { errors: [{ field: 'body.x', reason: 'missing' }] }, EXIT.usage],
  [404, {}, EXIT.usage],
  [503, {}, EXIT.unreachable],
  [500, {}, EXIT.failed],
] as const)('HTTP %i with %j ends with code %i', (status, problem, code) => {
  expect(new ApiRefusal(status, problem).exitCode).toBe(code);
});

test('a refusal is printed with every reason and its clause, or every wrong field', () => {
  const refusal = new ApiRefusal(409, {
    title: 'Not permitted',
    reasons: [
      { code: 'paid', clause: 'T2.6', text: 'it is paid' },
      { code: 'bare', clause: 'T1.2' },
    ],
  });
  expect(refusal.message).toBe('Not permitted\n  - it is paid (T2.6, paid)\n  - bare (T1.2)');
  const wrong = new ApiRefusal(400, { title: 'Wrong', errors: [{ field: 'body.a', reason: 'missing' }] });
  expect(wrong.message).toBe('Wrong\n  - body.a: missing');
});

test.each([
  [0, '¥0.00'],
  [5, '¥0.05'],
  [123_456_789, '¥1,234,567.89'],
  [null, ''],
] as const)('%s fen are %s', (fen, text) => {
  expect(yuan(fen)).toBe(text);
});

test('instants are Shanghai times, and columns stay in line after wide characters', () => {
  expect(when('2026-11-24T16:30:00Z')).toBe('2026-11-25 00:30');
  expect(
    table(
      ['户名', 'x'],
      [
        ['张三', 1],
        ['a', null],
      ],
    ).split('\n'),
  ).toEqual(['户名  x', '张三  1', 'a']);
});

test('a line of the history leaves ids and hashes out and writes money and times as people do', () => {
  const detail = {
    accountId: 'acc-1',
    proofs: ['ab'],
    sumFen: 1_250,
    stopAt: '2026-11-24T01:00:00.000Z',
    kind: 'red',
  };
  expect(detailText(detail)).toBe('sum ¥12.50, stop 2026-11-24 09:00, kind red');
});

test.each([
  [{}, '2026-11-25 09:00'],
  [{ days: '2', hours: '3' }, '2026-11-26 12:00'],
  [{ minutes: '90' }, '2026-11-24 10:30'],
  [{ until: '2026-12-01 09:30' }, '2026-12-01 09:30'],
  [{ until: '2026-12-01' }, '2026-12-01 00:00'],
] as const)('fast-forward %j goes to %s', (options, text) => {
  expect(when(new Date(targetMs(nowMs, options)).toISOString())).toBe(text);
});

test.each([
  { days: '0' },
  { days: 'x' },
  { until: 'tomorrow' },
  { until: '2026-11-24 08:59' },
  { days: '500' },
])('fast-forward %j is refused', (options) => {
  expect(() => targetMs(nowMs, options)).toThrow(/length of time|is not a time|forward only|at most/);
});

test('a story tells acts in both languages and leaves details out', () => {
  expect(wordsFor('payment.posted', { amountFen: 100 }, 'en')).toBe('paid ¥1.00');
  expect(wordsFor('payment.posted', { amountFen: 100 }, 'zh')).toBe('缴费 ¥1.00');
  expect(wordsFor('hold.dispute', {}, 'en')).toBe('held: a dispute');
  expect(wordsFor('decision.taken', {}, 'en')).toBeUndefined();
});
