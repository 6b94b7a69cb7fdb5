import { expect, test } from 'vitest';
import { smsMeaning } from '../../../intake/receipts/sms-meaning.ts';

test.each([
  ['灯亮了', 'light-is-on'],
  ['灯亮了，谢谢！', 'light-is-on'],
  ['您好，家里来电了。谢谢你们', 'light-is-on'],
  [' 已恢复供电 ', 'light-is-on'],
  ['灯亮了吗', 'still-dark'],
  ['灯什么时候亮了？', 'still-dark'],
  ['灯还没有亮', 'still-dark'],
  ['说好灯亮了，到现在还是黑的', 'still-dark'],
  ['没亮', 'still-dark'],
  ['还没来电', 'still-dark'],
  ['对门灯亮了我家没亮', 'still-dark'],
  ['亮了一下又灭了', 'still-dark'],
  ['1', 'claims-paid'],
  ['已缴', 'claims-paid'],
  ['电费已经交了', 'claims-paid'],
  ['已缴费，什么时候来电', 'claims-paid'],
  ['你好', 'other'],
  ['', 'other'],
  ['10', 'other'],
])('T1.2, T3.3: “%s” means %s', (words, meaning) => {
  expect(smsMeaning(words)).toBe(meaning);
});
