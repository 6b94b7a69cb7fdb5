import { fc } from '../support/property.ts';

/** Texts at which programs have broken before: other languages, markup, quotes, controls, patterns, paths, formulas, length. */
export const NASTY_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uFEFF',
  '\uD800',
  '\u202Ecba',
  '𠮷野家',
  '张三\u0301',
  "' or '1'='1",
  "'; drop table accounts; --",
  '%',
  '_%_',
  '\\',
  '"><script>alert(1)</script>',
  '{{7*7}}${7*7}',
  "=cmd|' /C calc'!A0",
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  'x\r\nset-cookie: a=b',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '2027-02-30',
  '0000-00-00',
  '+275760-09-13T00:00:00Z',
  '9999-12-31T23:59:59+08:00',
  '1e309',
  '-0',
  'x'.repeat(5_000),
];

const NASTY_NUMBERS: readonly number[] = [
  0,
  -1,
  0.1,
  1e21,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  Number.MAX_VALUE,
  Number.MIN_VALUE,
];

/** Any value where another kind was asked for. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY_TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom(...NASTY_NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, [], {}, [[]], [null], { $gt: '' }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Bodies that are JSON to some readers only, or ask a reader for too much. */
export const nastyJson = (body: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    body.slice(0, -1),
    `\uFEFF${body}`,
    `${body}${body}`,
    body.replace(/^\{/, '{"__proto__":{"roles":["operator"]},"constructor":{"prototype":{"x":1}},'),
    body.replaceAll(/:\d+/g, ':1e999'),
    body.replaceAll(/:(\d+)/g, ':$1$1$1$1$1$1'),
    body.replace(/^\{/, '{"reason":1,"reason":2,'),
    deep(2_000),
    `{"reason":${deep(2_000)}}`,
    'null',
    '"text"',
    '',
  );
