import { expect, test } from 'vitest';
import { maySignTogether } from '../../../rules/approval/may-sign-together.ts';

const ordinary = {
  category: 'resident',
  requiredRoles: ['station-head'],
  protection: 'none',
  wasOpened: true,
} as const;

const codesOf = (changed: Partial<Parameters<typeof maySignTogether>[0]>): string[] => {
  const verdict = maySignTogether({ ...ordinary, ...changed });
  return verdict.outcome === 'permitted' ? [] : verdict.reasons.map(({ code }) => code);
};

test.each([
  ['an ordinary resident whose file was opened', {}, []],
  ['one that was not opened', { wasOpened: false }, ['not-opened']],
  ['a firm', { category: 'non-resident' }, ['decided-alone']],
  ['two signatures', { requiredRoles: ['station-head', 'company-head'] }, ['decided-alone']],
  ['a protected customer', { protection: 'registered' as const }, ['protected-decided-alone']],
  [
    'everything against it',
    { category: 'important', protection: 'registered' as const, wasOpened: false },
    ['decided-alone', 'protected-decided-alone', 'not-opened'],
  ],
])('L7: %s', (_what, changed, codes) => {
  expect(codesOf(changed)).toEqual(codes);
});
