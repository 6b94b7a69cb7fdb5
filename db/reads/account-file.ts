import type { Tx } from '../database.ts';
import type { Vault } from '../keys/vault.ts';

interface Row {
  account_id: string;
  account_no: string;
  centre_id: string;
  region: string;
  customer_class: string;
  category: string;
  meter_no: string;
  reader_id: string;
  remote_switch: boolean;
  protection: 'none' | 'registered' | null;
  name_enc: Buffer;
  phone_enc: Buffer | null;
  email_enc: Buffer | null;
  address_enc: Buffer;
  open_case_id: string | null;
  stop_id: string | null;
}

interface AccountBill {
  billId: string;
  service: string;
  period: string;
  principalFen: number;
  paidFen: number;
  dueDate: string;
  disputed: boolean;
}

interface AccountPayment {
  paymentId: string;
  amountFen: number;
  status: string;
  channel: string;
  occurredAt: string;
}

const bills = `select bill_id as "billId", service, period, principal_fen as "principalFen", paid_fen as "paidFen",
       due_on as "dueDate", disputed from bills where account_id = $1 order by due_on desc, bill_id limit 60`;
const agreed = `select channel, address_enc, agreed_on as "agreedOn" from agreed_addresses
  where account_id = $1 and revoked_on is null order by agreed_on desc, channel`;
const payments = `select payment_id as "paymentId", amount_fen as "amountFen", status, channel, occurred_at as "occurredAt"
  from payments where account_id = $1 order by occurred_at desc, recorded_at desc limit 60`;

/** Everything the desk sees of an account: contact, bills, payments, open case and stop in force. */
export async function readAccountFile(tx: Tx, vault: Vault, accountNo: string) {
  const row = await tx.row<Row>(
    `select a.*, (select case_id from cases c where c.account_id = a.account_id and c.status = 'open') as open_case_id,
            (select stop_id from stops s where s.account_id = a.account_id and s.in_force) as stop_id
       from accounts a where account_no = $1`,
    [accountNo],
  );
  if (row === undefined) return undefined;
  return {
    accountNo: row.account_no,
    centreId: row.centre_id,
    region: row.region,
    customerClass: row.customer_class,
    category: row.category,
    meterNo: row.meter_no,
    readerId: row.reader_id,
    remoteSwitch: row.remote_switch,
    protection: row.protection,
    customerName: vault.open(row.name_enc),
    phone: row.phone_enc === null ? null : vault.open(row.phone_enc),
    address: vault.open(row.address_enc),
    openCaseId: row.open_case_id,
    stopInForceId: row.stop_id,
    email: row.email_enc === null ? null : vault.open(row.email_enc),
    agreedAddresses: (
      await tx.rows<{ channel: 'sms' | 'email'; address_enc: Buffer; agreedOn: string }>(agreed, [
        row.account_id,
      ])
    ).map(({ channel, address_enc, agreedOn }) => ({ channel, agreedOn, address: vault.open(address_enc) })),
    bills: await tx.rows<AccountBill>(bills, [row.account_id]),
    payments: await tx.rows<AccountPayment>(payments, [row.account_id]),
  };
}
