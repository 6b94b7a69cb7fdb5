import { civilDate } from '../../rules/calendar/civil-date.ts';
import { isEmail, phoneOf } from './cells.ts';
import { REQUIRED, type Field, type Header } from './columns.ts';
import { cellReader, type CellReader } from './read-cells.ts';
import type { AccountFacts, BadRow, BillFacts, Centre, GoodRow } from './row.ts';
import type { CsvRecord } from './split-records.ts';
import { CATEGORIES, CHANNELS, CLASSES, PROTECTION, SERVICES, YES_NO } from './words.ts';

/** What the rows of one file are read against. */
export interface RowContext {
  readonly header: Header;
  /** By id and by name. */
  readonly centres: ReadonlyMap<string, Centre>;
  /** Centre of rows that name none. */
  readonly centreId: string;
  /** Reader of rows that name none: who imports. */
  readonly by: string;
}

const ACCOUNT_NO = /^[\w./-]{1,40}$/;
// In a row with such a column an empty cell is a mistake, though the column itself may be missing.
const required: ReadonlySet<Field> = new Set<Field>([...REQUIRED, 'service']);
const STAND_IN = civilDate('2000-01-01');

function readContacts(
  cells: CellReader,
): Pick<AccountFacts, 'phone' | 'email' | 'agreedChannel' | 'agreedOn'> {
  const phoneText = cells.code('phone', 40);
  const phone = phoneText === '' ? null : (phoneOf(phoneText) ?? null);
  if (phoneText !== '' && phone === null) cells.fault('phone', 'not-a-phone');
  const email = cells.code('email', 200) || null;
  if (email !== null && !isEmail(email)) cells.fault('email', 'not-an-email');
  const agreedChannel = cells.word('agreed_channel', CHANNELS) ?? null;
  const agreedOn = cells.day('agreed_on') ?? null;
  // An address counts only from the day of the customer's agreement to it (L8).
  if (agreedChannel !== null && agreedOn === null) cells.fault('agreed_on', 'required');
  const agreedAddress = { sms: phoneText, email: email ?? '' };
  if (agreedChannel !== null && agreedAddress[agreedChannel] === '')
    cells.fault('agreed_channel', 'agreed-address-missing');
  return { phone, email, agreedChannel, agreedOn: agreedChannel === null ? null : agreedOn };
}

function readKind(cells: CellReader): Pick<AccountFacts, 'customerClass' | 'category'> {
  const named = cells.word('class', CLASSES);
  const category = cells.word('category', CATEGORIES);
  const customerClass =
    named ?? (category === undefined ? undefined : category === 'resident' ? 'resident' : 'non-resident');
  if (
    customerClass === undefined &&
    !cells.faults.some(({ field }) => field === 'class' || field === 'category')
  )
    cells.fault(cells.has('class') ? 'class' : 'category', 'required');
  return {
    customerClass: customerClass ?? 'non-resident',
    category: category ?? customerClass ?? 'non-resident',
  };
}

function readCapacity(cells: CellReader): number | null {
  const text = cells
    .code('capacity_kva', 40)
    .replace(/\s*(?:kva|千伏安)$/i, '')
    .replaceAll(',', '');
  if (text === '') return null;
  const kva = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || kva > 10_000_000) cells.fault('capacity_kva', 'not-a-number');
  return Math.round(kva) || null;
}

function readAccount(cells: CellReader, context: RowContext): AccountFacts {
  const accountNo = cells.code('account_no', 60);
  if (accountNo !== '' && !ACCOUNT_NO.test(accountNo) && !/e\+/i.test(accountNo))
    cells.fault('account_no', 'not-an-account-no');
  const centreName = cells.text('centre', 100) || context.centreId;
  const centre = context.centres.get(centreName);
  if (centre === undefined) cells.fault('centre', 'unknown-centre');
  return {
    accountNo,
    name: cells.text('name', 200),
    debtor: cells.code('debtor', 100),
    address: cells.text('address', 500),
    region: cells.text('region', 100) || (centre?.region ?? ''),
    centreId: centre?.centreId ?? context.centreId,
    readerId: cells.text('reader', 100) || context.by,
    meterNo: cells.code('meter_no', 60),
    ...readKind(cells),
    capacityKva: readCapacity(cells),
    remoteSwitch: cells.word('remote_switch', YES_NO) ?? false,
    prepaid: cells.word('prepaid', YES_NO) ?? false,
    protection: cells.word('protection', PROTECTION) ?? null,
    ...readContacts(cells),
  };
}

function readBill(cells: CellReader): BillFacts {
  const principalFen = cells.amount('principal');
  const paidFen = cells.amount('paid');
  const isMoneyRead = !cells.faults.some(({ field }) => field === 'principal' || field === 'paid');
  if (isMoneyRead && paidFen > principalFen) cells.fault('paid', 'more-paid-than-owed');
  const dueOn = cells.day('due');
  const issuedOn = cells.day('issued') ?? dueOn;
  if (dueOn !== undefined && issuedOn !== undefined && dueOn < issuedOn)
    cells.fault('due', 'due-before-issued');
  return {
    billId: cells.code('bill_id', 80),
    service: cells.word('service', SERVICES) ?? 'electricity',
    period: cells.month('period') ?? (issuedOn ?? STAND_IN).slice(0, 7),
    principalFen,
    paidFen,
    issuedOn: issuedOn ?? STAND_IN,
    dueOn: dueOn ?? STAND_IN,
    disputed: cells.word('disputed', YES_NO) ?? false,
  };
}

// The mend file quotes such a cell anew: until a person has mended it, it must not pass for a value.
const isQuoteLeftOpen = (cell: string): boolean => cell.startsWith('"') && cell.split('"').length % 2 === 0;

/** Reads one record; undefined for a blank line. */
export function readRow(rowNo: number, record: CsvRecord, context: RowContext): GoodRow | BadRow | undefined {
  const { cells } = record;
  if (!record.broken && cells.every((cell) => cell.trim() === '')) return undefined;
  if (record.broken || cells.some(isQuoteLeftOpen))
    return { rowNo, cells, faults: [{ field: 'row', code: 'quote-not-closed' }] };
  const columns = context.header.cells.length;
  if (cells.length > columns && cells.slice(columns).some((cell) => cell.trim() !== '')) {
    const params = { cells: cells.length, columns };
    return { rowNo, cells, faults: [{ field: 'row', code: 'too-many-cells', params }] };
  }
  const reader = cellReader(context.header, cells, required);
  const account = readAccount(reader, context);
  const bill = readBill(reader);
  return reader.faults.length > 0 ? { rowNo, cells, faults: reader.faults } : { rowNo, cells, account, bill };
}
