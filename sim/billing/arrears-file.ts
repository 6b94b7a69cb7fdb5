import type { Statements } from '../books/books.ts';
import type { DistrictAccount } from './account.ts';
import type { BillRow } from './accounts.ts';
import { billSelect } from './accounts.ts';
import { encodeGb18030 } from './gb18030.ts';

export const arrearsEncodings = ['utf-8', 'utf-8-bom', 'gb18030'] as const;
export type ArrearsEncoding = (typeof arrearsEncodings)[number];

/** One unpaid bill with its account. */
export type ArrearsRow = BillRow & { facts: Omit<DistrictAccount, 'bills'> };

const categoryNames: Record<DistrictAccount['category'], string> = {
  resident: '居民',
  'non-resident': '一般非居民',
  'dedicated-transformer': '专变用户',
  important: '重要用户',
  'continuous-process': '连续性生产用户',
  'master-meter': '总表用户',
};
const serviceNames: Record<BillRow['service'], string> = {
  electricity: '电费',
  water: '水费',
  other: '其他',
};
const channelNames = { sms: '短信', email: '电子邮件' } as const;

const columns: readonly (readonly [header: string, value: (row: ArrearsRow) => string])[] = [
  ['户号', (row) => row.account_no],
  ['户名', (row) => row.facts.customerName],
  ['客户编号', (row) => row.facts.customerNo],
  ['联系电话', (row) => row.facts.phone ?? ''],
  ['电子邮箱', (row) => row.facts.email ?? ''],
  ['用电地址', (row) => row.facts.address],
  ['供电区域', (row) => row.facts.region],
  ['抄表中心', (row) => row.facts.centreId],
  ['抄表员', (row) => row.facts.readerId],
  ['电能表号', (row) => row.facts.meterNo],
  ['用电类别', (row) => (row.facts.customerClass === 'resident' ? '居民' : '非居民')],
  ['客户分类', (row) => categoryNames[row.facts.category]],
  ['运行容量', (row) => (row.facts.capacityKva === null ? '' : String(row.facts.capacityKva))],
  ['远程费控', (row) => yesNo(row.facts.remoteSwitch)],
  ['预付费合同', (row) => yesNo(row.facts.prepaidContract)],
  ['特殊保护', (row) => protectionName(row.facts.protection)],
  ['约定送达方式', (row) => (row.facts.agreedChannel ? channelNames[row.facts.agreedChannel] : '')],
  ['约定日期', (row) => row.facts.agreedOn ?? ''],
  ['账单号', (row) => row.bill_id],
  ['费用项目', (row) => serviceNames[row.service]],
  ['电费年月', (row) => row.period],
  ['应收金额', (row) => yuan(row.principal_fen)],
  ['已收金额', (row) => yuan(row.paid_fen)],
  ['出账日期', (row) => row.issued_on],
  ['缴费截止日期', (row) => row.due_on],
  ['争议', (row) => yesNo(row.disputed)],
];

/** The headers of the arrears file, in their order. */
export const arrearsHeaders: readonly string[] = columns.map(([header]) => header);

const rowsAtOnce = 5_000;

/** The arrears file, one row for each unpaid bill, in pieces of encoded bytes. */
export async function* arrearsFile(books: Statements, encoding: ArrearsEncoding): AsyncGenerator<Uint8Array> {
  const encode = encoderOf(encoding);
  yield encode(arrearsHead(encoding));
  for (let after = ''; ;) {
    const rows = await books.rows<ArrearsRow>(
      `select bill.*, account.facts from (${billSelect}) bill join account using (account_no)
        where bill.paid_fen < bill.principal_fen and bill.bill_id > $1 order by bill.bill_id limit $2`,
      [after, rowsAtOnce],
    );
    if (rows.length > 0) yield encode(rows.map(arrearsLine).join(''));
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtOnce) return;
    after = last.bill_id;
  }
}

/** The line of headers, behind a byte order mark where the encoding has one. */
export function arrearsHead(encoding: ArrearsEncoding): string {
  return `${encoding === 'utf-8-bom' ? '\uFEFF' : ''}${csvLine(arrearsHeaders)}`;
}

/** One line of the arrears file, with its line end. */
export function arrearsLine(row: ArrearsRow): string {
  return csvLine(columns.map(([, value]) => value(row)));
}

/** Text into bytes of the encoding. */
export function encoderOf(encoding: ArrearsEncoding): (text: string) => Uint8Array {
  if (encoding === 'gb18030') return encodeGb18030;
  const encoder = new TextEncoder();
  return (text) => encoder.encode(text);
}

function csvLine(values: readonly string[]): string {
  const quoted = values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value));
  return `${quoted.join(',')}\r\n`;
}

/** Whole fen as ¥ with thousands separators, as billing prints it: 123456789 → ¥1,234,567.89. */
function yuan(amountFen: number): string {
  const whole = String(Math.floor(amountFen / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `¥${whole}.${String(amountFen % 100).padStart(2, '0')}`;
}

function yesNo(value: boolean): string {
  return value ? '是' : '否';
}

function protectionName(protection: DistrictAccount['protection']): string {
  if (protection === null) return '';
  return protection === 'registered' ? '已登记' : '无';
}
