import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { APPROVAL_REASON_TEXTS } from '../../../rules/reasons/approval-reasons.ts';
import { EXECUTION_REASON_TEXTS } from '../../../rules/reasons/execution-reasons.ts';
import { PLAN_REASON_TEXTS } from '../../../rules/reasons/plan-reasons.ts';
import { reasonText, REASON_TEXTS, yuanText } from '../../../rules/reasons/reason-text.ts';
import { RESTORE_REASON_TEXTS } from '../../../rules/reasons/restore-reasons.ts';
import { SCREEN_REASON_TEXTS } from '../../../rules/reasons/screen-reasons.ts';
import { SERVICE_REASON_TEXTS } from '../../../rules/reasons/service-reasons.ts';
import { SLIP_REASON_TEXTS } from '../../../rules/reasons/slip-reasons.ts';
import { STOP_REASON_TEXTS } from '../../../rules/reasons/stop-reasons.ts';
import { HOLD_KINDS } from '../../../rules/holds/hold-kind.ts';

const root = path.join(import.meta.dirname, '../../..');

/** Rule files without the texts themselves. */
const sources = readdirSync(path.join(root, 'rules'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('reasons'))
  .map((name) => readFileSync(path.join(root, 'rules', name), 'utf8'));

/** Codes as they stand in the sources: `code: 'x'`, and `code: cond ? 'x' : 'y'`. */
function codesIn(text: string): string[] {
  return [...text.matchAll(/\bcode:\s*([^,}]+)/g)].flatMap(([, value = '']) =>
    [...value.replace(/=== '[\w-]+'/g, '').matchAll(/'([a-z0-9]+(?:-[a-z0-9]+)+)'/g)].map(
      ([, code = '']) => code,
    ),
  );
}

const ruleCodes = [...new Set(sources.flatMap(codesIn))].sort();
const holders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

describe('texts of reasons', () => {
  it('finds the codes that the rules use', () => {
    expect(ruleCodes).toContain('not-overdue-long-enough');
    expect(ruleCodes.length).toBeGreaterThan(60);
  });

  it.each(ruleCodes)('%s is said in Chinese and in English', (code) => {
    expect(REASON_TEXTS[code]?.zh).toMatch(/\p{Script=Han}/u);
    expect(REASON_TEXTS[code]?.en).toMatch(/[a-z]/);
  });

  it.each([
    ...HOLD_KINDS.map((kind) => `on-hold-${kind}`),
    ...['pending', 'refused', 'expired', 'void'].map((status) => `approval-${status}`),
    ...['approved', 'refused', 'void'].map((status) => `approval-already-${status}`),
    ...['paid', 'withdrawn', 'moved-out', 'guaranteed', 'stopped', 'refused-approval'].map(
      (end) => `case-${end}`,
    ),
    'signature-without-proof',
    'photo-without-proof',
    'notice-served',
    'notice-not-served',
    'notice-superseded',
  ])('%s, a code put together from a state, has its texts', (code) => {
    expect(REASON_TEXTS[code]).toBeDefined();
  });

  it('no code stands in two families', () => {
    const families = [
      APPROVAL_REASON_TEXTS,
      EXECUTION_REASON_TEXTS,
      PLAN_REASON_TEXTS,
      RESTORE_REASON_TEXTS,
      SCREEN_REASON_TEXTS,
      SERVICE_REASON_TEXTS,
      SLIP_REASON_TEXTS,
      STOP_REASON_TEXTS,
    ].flatMap((family) => Object.keys(family));
    expect(families.length).toBe(new Set(families).size);
  });

  it.each(ruleCodes)('%s: every param that its text asks for is named where the code is used', (code) => {
    const asked = new Set([
      ...holders(REASON_TEXTS[code]?.zh ?? ''),
      ...holders(REASON_TEXTS[code]?.en ?? ''),
    ]);
    const uses = sources.filter((text) => text.includes(`'${code}'`));
    for (const name of asked)
      expect(
        uses.some((use) => new RegExp(`\\b${name}\\b`).test(use)),
        `param ${name}`,
      ).toBe(true);
  });
});

describe('reasonText', () => {
  it('prints money as ¥ with two decimals, dates as they are', () => {
    const reason = {
      code: 'below-minimum-debt',
      clause: 'T2.0',
      params: { openFen: 4_905, minimumFen: 5_000 },
    };
    expect(reasonText(reason, 'en')).toBe('¥49.05 is owed, below the minimum of ¥50.00');
    expect(reasonText(reason, 'zh')).toBe('欠费 ¥49.05，低于起点金额 ¥50.00');
  });
  it('marks a missing param and shows an unknown code as it is', () => {
    expect(reasonText({ code: 'moved-out', clause: 'T2.2' }, 'en')).toBe('the customer moved out on —');
    expect(reasonText({ code: 'hold:dispute', clause: 'L5' }, 'en')).toBe(
      'on hold: a dispute is being decided',
    );
    expect(reasonText({ code: 'from-the-future', clause: 'L1' }, 'zh')).toBe('from-the-future');
  });
  it.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [12_345, '¥123.45'],
    [-199, '-¥1.99'],
  ])('%i fen is %s', (fen, text) => {
    expect(yuanText(fen)).toBe(text);
  });
});
