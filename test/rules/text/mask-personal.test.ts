import { expect, test } from 'vitest';
import { maskPersonal } from '../../../rules/text/mask-personal.ts';

test.each([
  [
    "The 'To' number +8613912345678 is not a valid phone number",
    "The 'To' number *** is not a valid phone number",
  ],
  ['139 1234 5678 / 139-1234-5678 / 13912345678', '*** / *** / ***'],
  ['550 5.1.1 <li.si+x@mail.example.cn>: no such user', '550 5.1.1 <***>: no such user'],
  ['身份证 320811199001011234、32081119900101123X', '身份证 ***、***'],
])('K4.3: %s', (text, masked) => {
  expect(maskPersonal(text)).toBe(masked);
});

test.each([
  'case 320899000001, meter M3208990000013, bill B320899000001',
  'acc-0f13912345678ab at 2026-11-25T03:28:58.123Z',
  '1732503000123 ms, HTTP 503',
])('ids, moments and numbers stay: %s', (text) => {
  expect(maskPersonal(text)).toBe(text);
});
