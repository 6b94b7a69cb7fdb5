import type { Dice } from './dice.ts';

const surnames = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '朱',
  '䶮',
] as const;
const givenNames = [
  '伟',
  '秀英',
  '建国',
  '丽',
  '强',
  '敏',
  '志明',
  '淑珍',
  '浩然',
  '梓涵',
  '桂兰',
  '军',
] as const;
const firms = ['粮油', '纺织', '水产', '机电', '家具', '印刷', '冷链', '建材', '食品', '五金'] as const;
const firmEndings = ['有限公司', '经营部', '加工厂', '商行'] as const;
const hospitals = ['第一人民医院', '妇幼保健院', '中医院', '自来水厂', '广播电视台'] as const;
const streets = ['长江路', '淮海路', '北京路', '运河街', '解放路', '翔宇大道', '承德路', '健康路'] as const;
const estates = ['金色家园', '水岸花城', '富丽花园', '恒大名都'] as const;

/** Name of a person. */
export function personName(dice: Dice): string {
  return dice.pick(surnames) + dice.pick(givenNames);
}

/** Name of a firm, or of an important user. */
export function firmName(dice: Dice, isImportant: boolean): string {
  if (isImportant) return `淮安市${dice.pick(hospitals)}`;
  return `淮安${dice.pick(surnames)}氏${dice.pick(firms)}${dice.pick(firmEndings)}`;
}

/** Where the meter hangs. */
export function addressIn(dice: Dice, region: string, isFlat: boolean): string {
  const street = `${region}${dice.pick(streets)}${dice.whole(1, 399)}号`;
  if (!isFlat) return street;
  return `${street}${dice.pick(estates)}${dice.whole(1, 28)}幢${dice.whole(1, 33)}0${dice.whole(1, 4)}室`;
}
