import type { DistrictAccount } from '../billing/account.ts';
import type { ArrearsEncoding, ArrearsRow } from '../billing/arrears-file.ts';
import { arrearsHead, arrearsLine, encoderOf } from '../billing/arrears-file.ts';
import type { DistrictPlan } from './generate.ts';
import { generateDistrict } from './generate.ts';

const accountsAtOnce = 2_000;

/** The arrears file of a generated district as billing would export it, without any billing system; for large files. */
export function* districtFile(plan: DistrictPlan, encoding: ArrearsEncoding): Generator<Uint8Array> {
  const encode = encoderOf(encoding);
  yield encode(arrearsHead(encoding));
  let text = '';
  let waiting = 0;
  for (const { account } of generateDistrict(plan)) {
    for (const row of unpaidRows(account)) text += arrearsLine(row);
    waiting += 1;
    if (waiting < accountsAtOnce) continue;
    yield encode(text);
    text = '';
    waiting = 0;
  }
  if (text !== '') yield encode(text);
}

function unpaidRows(account: DistrictAccount): ArrearsRow[] {
  const { bills, ...facts } = account;
  return bills
    .filter((bill) => bill.paidFen < bill.principalFen)
    .map((bill) => ({
      facts,
      account_no: account.accountNo,
      bill_id: bill.billId,
      service: bill.service,
      period: bill.period,
      principal_fen: bill.principalFen,
      paid_fen: bill.paidFen,
      issued_on: bill.issuedDate,
      due_on: bill.dueDate,
      disputed: bill.disputed,
    }));
}
