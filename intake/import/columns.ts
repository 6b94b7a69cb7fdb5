import { ImportRefused } from './import-refused.ts';

/** Every column that means something, its Chinese name first, then the other names that files give it. */
const COLUMNS = {
  account_no: '户号 用户编号 用户号 用电户号 客户户号 accountno account accountnumber',
  name: '户名 用户名称 客户名称 姓名 用户名 customername customer name',
  debtor: '客户编号 欠费人 缴费人编号 合同账户 customerno customernumber debtorid debtor',
  phone: '联系电话 电话 手机 手机号 手机号码 联系方式 phone mobile telephone phoneno',
  email: '电子邮箱 邮箱 电子邮件 email e-mail mail',
  address: '用电地址 地址 用户地址 address serviceaddress',
  region: '供电区域 区域 供电所 台区 region district',
  centre: '抄表中心 中心 营业站 centre center centreid centerid',
  reader: '抄表员 抄表人 抄表人员 催费员 reader readerid meterreader',
  meter_no: '电能表号 电表号 表号 资产号 电能表编号 meterno meter meternumber',
  class: '用电类别 用电性质 用户类别 class customerclass',
  category: '客户分类 用户分类 客户类型 用户类型 category customercategory',
  capacity_kva: '运行容量 合同容量 容量 capacitykva capacity kva',
  remote_switch: '远程费控 费控 费控用户 远程停复电 remoteswitch remote',
  prepaid: '预付费合同 预付费 预付费用户 prepaid prepaidcontract',
  protection: '特殊保护 保护登记 受保护 protection protected',
  agreed_channel: '约定送达方式 送达方式 约定渠道 agreedchannel',
  agreed_on: '约定日期 送达约定日期 agreedon agreeddate',
  bill_id: '账单号 账单编号 应收编号 应收标识 billid bill billno billnumber invoiceno',
  service: '费用项目 费用类型 费用类别 service servicetype',
  period: '电费年月 应收年月 账期 月份 period billingperiod month',
  principal: '应收金额 应收电费 应收 电费金额 本金 欠费金额 欠费 principal amount amountdue',
  paid: '已收金额 实收金额 实收电费 已缴金额 已收 paid amountpaid paidamount',
  issued: '出账日期 发行日期 开票日期 issued issuedon issueddate issuedate',
  due: '缴费截止日期 截止日期 缴费期限 到期日 到期日期 due dueon duedate',
  disputed: '争议 有争议 是否争议 disputed dispute',
} as const satisfies Record<string, string>;

/** Name of a column that means something to the import. */
export type Field = keyof typeof COLUMNS;

/** Columns without which a row says nothing that a case could rest on. */
export const REQUIRED = ['account_no', 'name', 'address', 'meter_no', 'bill_id', 'principal', 'due'] as const;

/** Rows of a title above the header that are passed over. */
export const HEADER_WITHIN = 10;

const fieldByName = new Map<string, Field>(
  Object.entries(COLUMNS).flatMap(([field, names]) =>
    [field.replaceAll('_', ''), ...names.split(' ')].map((name) => [name, field as Field] as const),
  ),
);

/** `应收金额（元）`, `Account No.` and `account_no` as one looks them up; another unit than yuan stays and is not known. */
const nameOf = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\((?:元|yuan|cny|rmb|kva|千伏安)\)/, '')
    .replaceAll(/[\s_.:*'"\uFEFF]/g, '');

/** The columns of a file: where each known field stands. */
export interface Header {
  readonly cells: readonly string[];
  readonly at: ReadonlyMap<Field, number>;
}

const firstNames = (field: Field): string => `${COLUMNS[field].split(' ')[0]} ${field}`;

/** Reads a header; the first of two columns of one meaning counts. */
export function headerOf(cells: readonly string[]): Header {
  const at = new Map<Field, number>();
  for (const [index, cell] of cells.entries()) {
    const field = fieldByName.get(nameOf(cell));
    if (field !== undefined && !at.has(field)) at.set(field, index);
  }
  // What is owed in full is surer than a column that names only the rest, whichever stands first.
  const full = cells.findIndex((cell) => /^应收(?:金额|电费)?$/.test(nameOf(cell)));
  if (full >= 0) at.set('principal', full);
  return { cells, at };
}

/** @throws ImportRefused `missing-columns`, one error that names every one of them */
export function checkHeader(header: Header): Header {
  const missing = REQUIRED.filter((field) => !header.at.has(field)).map(firstNames);
  if (!header.at.has('class') && !header.at.has('category')) missing.push(firstNames('class'));
  if (missing.length > 0) throw new ImportRefused('missing-columns', { columns: missing.join(', ') });
  return header;
}

/** Every column with its names as a header gives them; one of `class` and `category` is needed beside the required ones. */
export const importColumns = (): { field: Field; names: string[]; isRequired: boolean }[] =>
  Object.entries(COLUMNS).map(([field, names]) => ({
    field: field as Field,
    names: [...names.split(' '), field],
    isRequired: (REQUIRED as readonly string[]).includes(field),
  }));
