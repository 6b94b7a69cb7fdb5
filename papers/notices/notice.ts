import { yuan, zhDate } from '../../systems/messages/words.ts';
import type { NoticeFacts, SealedNotice, StopNoticeFacts } from '../../systems/messages/notices.ts';
import { BLANK_TIME, closing, cutStub, qrCode, table } from '../sheet/parts.ts';
import { GREY, type Sheet } from '../sheet/sheet.ts';
import { capitalYuan } from '../words/capital-yuan.ts';
import { noticeNumber } from '../words/numbers.ts';

export type NoticeKind = 'first-dunning' | 'yellow' | 'red';

/** A notice as stored: what was sealed, and its place in the case. */
export interface StoredNotice {
  kind: NoticeKind;
  attempt: number;
  sealed: SealedNotice;
}

const WORDS: Readonly<Record<NoticeKind, string>> = { 'first-dunning': '催提', yellow: '催费', red: '停电' };

/** Number of a stored notice, as it stands on the paper and on its receipt. */
export const numberOf = ({ kind, attempt, sealed: { facts } }: StoredNotice): string =>
  noticeNumber(WORDS[kind], { accountNo: facts.accountNo, preparedOn: facts.asOf, attempt });

/** The first moment of the day on which the notice was written, ISO. */
export const madeAtOf = (facts: NoticeFacts): string =>
  new Date(`${facts.asOf}T00:00:00+08:00`).toISOString();

/** The facts of a notice that names a stop. @throws Error when it names none */
export function stopFactsOf({ kind, sealed: { facts } }: StoredNotice): StopNoticeFacts {
  if (!('stopFrom' in facts)) throw new Error(`a ${kind} notice without a stop`);
  return facts;
}

/** To whom the paper speaks. */
export function addressee(sheet: Sheet, facts: NoticeFacts): void {
  sheet.paragraph(`${facts.customerName}：`, { size: 13, face: 'bold' });
  sheet.gap(2);
}

/** Which supply is meant: number, address, meter. */
export const supplyOf = (facts: NoticeFacts): string =>
  `户号 ${facts.accountNo}，用电地址：${facts.address}，电能表号 ${facts.meterNo}`;

const COLUMNS = [
  { title: '电费月份', share: 0.18, align: 'center' },
  { title: '缴费截止日', share: 0.25, align: 'center' },
  { title: '欠费本金（元）', share: 0.19, align: 'right' },
  { title: '违约金（元）', share: 0.19, align: 'right' },
  { title: '小计（元）', share: 0.19, align: 'right' },
] as const;

const plain = (fen: number): string => yuan(fen).slice(1);
const month = (period: string): string => `${period.slice(0, 4)}年${Number(period.slice(5))}月`;

/** The bills one by one, with their sum. */
export function billTable(sheet: Sheet, facts: NoticeFacts): void {
  const rows = facts.bills.map((bill) => [
    month(bill.period),
    zhDate(bill.dueDate),
    plain(bill.openFen),
    plain(bill.lateFeeFen),
    plain(bill.openFen + bill.lateFeeFen),
  ]);
  const sums = [plain(facts.principalFen), plain(facts.lateFeeFen), plain(facts.sumFen)];
  table(sheet, COLUMNS, [...rows, ['合计', `共 ${rows.length} 笔`, ...sums]]);
}

/** The sum in figures and in capitals, and what it is made of. */
export const sumInWords = (facts: NoticeFacts): string =>
  `人民币（大写）${capitalYuan(facts.sumFen)}（小写 ${yuan(facts.sumFen)}），其中电费本金 ${yuan(facts.principalFen)}，` +
  `电费违约金 ${yuan(facts.lateFeeFen)}（计至${zhDate(facts.asOf)}）`;

/** What to do, the same on every notice (T1.2, L11). */
export const HELP =
  '缴费有困难、对电费有异议，或者家中有人依靠用电维持生命的，请立即拨打 95598，我们会协助您办理分期、缓缴或核查。';

const QR_SIZE = 80;

/** The customer's page as a code on the left, company, seal and date on the right. */
export function signOff(sheet: Sheet, facts: NoticeFacts): void {
  sheet.need(QR_SIZE + 12);
  const top = sheet.y + 8;
  if (facts.link !== undefined) {
    qrCode(sheet, facts.link, sheet.left, top, QR_SIZE);
    sheet.put('扫码查看\n缴费\n申请分期\n提出异议', sheet.left + QR_SIZE + 8, top + 10, 120, {
      size: 9,
      colour: GREY,
    });
  }
  closing(sheet, facts.companyName, zhDate(facts.asOf));
  sheet.y = Math.max(sheet.y, top + QR_SIZE + 4);
}

/** What is signed at the door and cut off. */
export function receiptStub(sheet: Sheet, stored: StoredNotice, statement: string): void {
  const { facts } = stored.sealed;
  cutStub(sheet, {
    title: '送达回执',
    number: `编号：${numberOf(stored)}`,
    statement: `户号 ${facts.accountNo}，户名 ${facts.customerName}。${statement}`,
    rows: [
      [
        ['签收人', ''],
        ['与户主关系', ''],
      ],
      [
        ['签收时间', BLANK_TIME],
        ['送达人', ''],
      ],
      [['拒签及见证人', '']],
    ],
  });
}
