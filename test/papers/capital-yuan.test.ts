import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capitalYuan } from '../../papers/words/capital-yuan.ts';
import { forAll } from '../support/property.ts';

describe('an amount in capitals', () => {
  test.each([
    [0, '零元整'],
    [1, '壹分'],
    [10, '壹角整'],
    [15, '壹角伍分'],
    [100, '壹元整'],
    [105, '壹元零伍分'],
    [150, '壹元伍角整'],
    [1_005, '壹拾元零伍分'],
    [10_000, '壹佰元整'],
    [10_100, '壹佰零壹元整'],
    [100_500, '壹仟零伍元整'],
    [123_456, '壹仟贰佰叁拾肆元伍角陆分'],
    [10_000_000, '壹拾万元整'],
    [10_001_000, '壹拾万零壹拾元整'],
    [100_100_100, '壹佰万壹仟零壹元整'],
    [100_010_100, '壹佰万零壹佰零壹元整'],
    [10_000_000_000, '壹亿元整'],
    [10_000_000_100, '壹亿零壹元整'],
    [123_456_789_012, '壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分'],
  ])('%i fen is %s', (fen, words) => {
    expect(capitalYuan(fen)).toBe(words);
  });

  test('says one amount one way: no two share their words, no 零 stands twice or before a unit', () => {
    const fen = fc.integer({ min: 0, max: 10 ** 12 });
    forAll([fen, fen], (one, other) => {
      const words = capitalYuan(one);
      expect(words === capitalYuan(other)).toBe(one === other);
      expect(words === '零元整' ? '' : words).not.toMatch(/零零|零[万亿角分整元]/);
      expect(words).toMatch(/[整分]$/);
    });
  });

  test.each([-1, 1.5, Number.NaN])('%s is no amount', (fen) => {
    expect(() => capitalYuan(fen)).toThrow(RangeError);
  });
});
