import type { AccountRow } from '../../db/accounts/lock-account.ts';

/** A table of the words that stand for a value in files. */
export type Words<T> = ReadonlyMap<string, T>;

function wordsOf<T>(table: readonly (readonly [T, string])[]): Words<T> {
  return new Map(table.flatMap(([value, words]) => words.split(' ').map((word) => [word, value] as const)));
}

/** A word of a file as it is looked up. */
export const lookUp = <T>(words: Words<T>, text: string): T | undefined =>
  words.get(text.toLowerCase().replaceAll(/\s/g, '-'));

export const YES_NO = wordsOf<boolean>([
  [true, '是 有 y yes true 1 √ 已开通 支持'],
  [false, '否 无 没有 n no false 0 × 未开通 不支持'],
]);

export const SERVICES = wordsOf<'electricity' | 'water' | 'other'>([
  ['electricity', '电费 电 用电 基本电费 目录电费 electricity power'],
  ['water', '水费 水 water'],
  ['other', '其他 其它 燃气费 气费 热费 other gas heat'],
]);

export const CLASSES = wordsOf<AccountRow['customerClass']>([
  ['resident', '居民 居民生活 居民用电 居民生活用电 低压居民 城镇居民 乡村居民 resident residential'],
  [
    'non-resident',
    '非居民 一般非居民 低压非居民 工商业 一般工商业 大工业 商业 工业 农业 农业生产 高压 企业 单位 non-resident nonresident commercial industrial',
  ],
]);

export const CATEGORIES = wordsOf<AccountRow['category']>([
  ['resident', '居民 居民用户 居民生活 低压居民 resident residential'],
  ['non-resident', '非居民 一般非居民 低压非居民 一般工商业 工商业 普通 普通用户 non-resident nonresident'],
  ['dedicated-transformer', '专变 专变用户 专用变压器 dedicated-transformer'],
  ['important', '重要 重要用户 重要客户 重要电力用户 important'],
  ['continuous-process', '连续性生产用户 连续生产 连续性生产 continuous-process'],
  ['master-meter', '总表 总表用户 合表 合表用户 转供电 master-meter'],
]);

export const CHANNELS = wordsOf<'sms' | 'email'>([
  ['sms', '短信 手机短信 手机 sms text'],
  ['email', '电子邮件 邮件 邮箱 电邮 email e-mail'],
]);

export const PROTECTION = wordsOf<'none' | 'registered'>([
  ['registered', '已登记 登记 是 有 受保护 registered yes y true 1'],
  ['none', '无 否 没有 none no n false 0'],
]);
