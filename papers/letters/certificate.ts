import type { DrawClass } from '../../rules/credit/draw.ts';
import type { Paper } from '../sheet/print.ts';
import { GREY, type Sheet } from '../sheet/sheet.ts';
import { zhDayOf } from '../words/dates.ts';

/** An A customer who was drawn, and what anybody needs to run the draw again. Instants ISO. */
export interface DrawnCustomer {
  companyName: string;
  customerName: string;
  accountNo: string;
  year: number;
  class: DrawClass;
  /** Place in the draw of the class; 1 was the first. */
  rank: number;
  /** Customers of the class who took part, and how many were drawn. */
  population: number;
  winners: number;
  /** What had been announced as the seed, and what it came to be. */
  seedSource: string;
  seed: string;
  method: string;
  announcedAt: string;
  drawnAt: string;
}

const CLASSES: Readonly<Record<DrawClass, string>> = {
  'dedicated-transformer': '专变用户',
  commercial: '低压非居民用户',
  residential: '居民用户',
};

const IVORY = '#fffaf0';
const GOLD = '#b8892b';
const RED = '#b3201b';
const SIDE = 96;

function frames(sheet: Sheet): void {
  const { width, height } = sheet.page;
  for (const [inset, line] of [
    [24, 4],
    [33, 1],
    [38, 1],
  ] as const)
    sheet.frame(inset, inset, width - 2 * inset, height - 2 * inset, { width: line, colour: GOLD });
  // A square in each corner, set into the inner line.
  for (const x of [38, width - 62])
    for (const y of [38, height - 62]) sheet.frame(x, y, 24, 24, { width: 1, colour: GOLD });
}

/** How the draw can be checked by whoever wants to. */
const proofOf = (drawn: DrawnCustomer): string =>
  `抽取可复算：随机数来源“${drawn.seedSource}”于${zhDayOf(drawn.announcedAt)}公告，公布的随机数为“${drawn.seed}”；` +
  `${CLASSES[drawn.class]}共 ${drawn.population} 户参加，抽出 ${drawn.winners} 户，本户列第 ${drawn.rank} 位；方法 ${drawn.method}。`;

const widthOf = (sheet: Sheet): number => sheet.page.width - 2 * SIDE;

/** The largest of some sizes at which a text stays inside a height. */
function sizeThatFits(sheet: Sheet, text: string, height: number, sizes: readonly number[]): number {
  const fits = (size: number): boolean =>
    sheet.heightOf(text, widthOf(sheet), { size, lineGap: size / 2 }) <= height;
  return sizes.find(fits) ?? sizes.at(-1) ?? 0;
}

/** Proof, seal, day and number, from the lower edge upwards; returns where they begin. */
function writeFoot(sheet: Sheet, drawn: DrawnCustomer, number: string): number {
  const width = widthOf(sheet);
  const lower = sheet.page.height - 72;
  const size = sizeThatFits(sheet, proofOf(drawn), 70, [8.5, 7, 6, 5]);
  const proof = { size, colour: GREY, lineGap: 2 };
  const proofTop = lower - sheet.heightOf(proofOf(drawn), width, proof);
  sheet.put(proofOf(drawn), SIDE, proofTop, width, proof);
  const seal = 340;
  const right = SIDE + width - seal;
  const day = proofTop - 36;
  sheet.put(zhDayOf(drawn.drawnAt), right, day, seal, { size: 15, align: 'center' });
  sheet.put(number, SIDE, day + 3, width - seal, { size: 11 });
  sheet.put('（盖章）', right, day - 20, seal, { size: 10, align: 'center', colour: GREY });
  const company = { size: 15, align: 'center' } as const;
  const top = day - 24 - sheet.heightOf(drawn.companyName, seal, company);
  sheet.put(drawn.companyName, right, top, seal, company);
  return top;
}

/** To whom, and for what, in the room that is left above the foot. */
function writeWords(sheet: Sheet, drawn: DrawnCustomer, foot: number): void {
  const to = `${drawn.customerName}：`;
  const words = `您户（户号 ${drawn.accountNo}）按时缴纳电费，诚实守信，用电信用等级为 A 级。在 ${drawn.year} 年度 A 级${CLASSES[drawn.class]}抽奖中，您户被抽中受奖。特发此证，以资鼓励。`;
  const top = 192;
  const size = sizeThatFits(sheet, `${to}\n${words}　　`, foot - top - 16, [19, 17, 15, 13, 11, 9]);
  const style = { size, lineGap: size / 2 };
  sheet.put(to, SIDE, top, widthOf(sheet), { ...style, face: 'bold' });
  const height = sheet.heightOf(to, widthOf(sheet), { ...style, face: 'bold' });
  sheet.put(words, SIDE, top + height + 4, widthOf(sheet), { ...style, indent: 2 * size });
}

/** 荣誉证书 for a customer of grade A who was drawn (G3.5), on one sheet that lies across. */
export function drawCertificate(drawn: DrawnCustomer): Paper {
  const title = '荣誉证书';
  const number = `证书编号：信用抽奖〔${drawn.year}〕${drawn.accountNo}号`;
  return {
    head: {
      ...{ title, number, company: drawn.companyName, madeAt: drawn.drawnAt },
      ...{ colour: IVORY, isCertificate: true },
    },
    write(sheet) {
      frames(sheet);
      sheet.put('荣 誉 证 书', SIDE, 74, widthOf(sheet), {
        ...{ size: 46, face: 'bold', align: 'center', colour: RED, spacing: 6 },
      });
      sheet.put('用电信用 A 级用户', SIDE, 144, widthOf(sheet), {
        ...{ size: 15, align: 'center', colour: GOLD, spacing: 3 },
      });
      const foot = writeFoot(sheet, drawn, number);
      writeWords(sheet, drawn, foot);
    },
  };
}
