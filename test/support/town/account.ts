import { wholeCompany } from '../../../db/database.ts';
import type { DistrictAccountInput } from '../../../sim/billing/account.ts';
import { addDays, civilDate } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { wordOf } from '../../../db/keys/vault.ts';
import { COMPANY, type Town } from './town.ts';

let nextNo = 500_000;

/** A customer of a test, as billing and Fudian both know it. */
export interface TownAccount {
  accountNo: string;
  accountId: string;
  meterNo: string;
  phone: string;
  billId: string;
  principalFen: number;
}

export interface AccountWish extends Partial<DistrictAccountInput> {
  principalFen?: number;
  /** How long ago the bill was due; 40 = old enough for a stop as soon as the notices allow. */
  dueDaysAgo?: number;
}

/** Makes a customer known to billing and, through the arrears file, to Fudian. */
export async function newAccount(town: Town, wish: AccountWish = {}): Promise<TownAccount> {
  const { principalFen = 23_456, dueDaysAgo = 40, ...account } = wish;
  nextNo += 1;
  const accountNo = `3208${String(nextNo).padStart(8, '0')}`;
  const phone = `+8613${String(800_000_000 + nextNo)}`;
  const dueDate = addDays(civilDateAt(Date.now()), -dueDaysAgo);
  const bill = {
    billId: `B${accountNo}`,
    period: addDays(dueDate, -20).slice(0, 7),
    principalFen,
    issuedDate: addDays(dueDate, -15),
    dueDate,
  };
  const input: DistrictAccountInput = { accountNo, phone, bills: [bill], ...account };
  await town.sim.seed([input]);
  await importOne(town, input);
  const accountId = town.vault.idOf('acc', COMPANY, accountNo);
  return {
    accountNo,
    accountId,
    meterNo: input.meterNo ?? `M${accountNo}`,
    phone,
    billId: bill.billId,
    principalFen,
  };
}

async function importOne(town: Town, input: DistrictAccountInput): Promise<void> {
  const { vault } = town;
  const accountId = vault.idOf('acc', COMPANY, input.accountNo);
  const category = input.category ?? 'resident';
  await town.db.tx(wholeCompany(COMPANY), async (tx) => {
    await tx.run(
      `insert into accounts (account_id, company_id, centre_id, account_no, region, customer_class, category, meter_no,
                             debtor_id, reader_id, name_enc, phone_enc, address_enc, phone_hash, remote_switch, protection)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        accountId,
        COMPANY,
        input.centreId ?? 'centre-1',
        input.accountNo,
        input.region ?? '淮阴区',
        input.customerClass ?? 'resident',
        category,
        input.meterNo ?? `M${input.accountNo}`,
        vault.idOf('debtor', COMPANY, input.accountNo),
        input.readerId ?? 'reader-zhang',
        vault.seal(input.customerName ?? '张三'),
        input.phone ? vault.seal(input.phone) : null,
        vault.seal(input.address ?? '淮阴区长江路1号'),
        input.phone ? vault.hashExact(input.phone) : null,
        input.remoteSwitch ?? false,
        input.protection === undefined ? 'none' : input.protection,
      ],
    );
    const [name, address] = [input.customerName ?? '张三', input.address ?? '淮阴区长江路1号'];
    await tx.run(
      `insert into account_search (account_id, company_id, centre_id, name_words, address_words) values ($1, $2, $3, $4, $5)`,
      [
        accountId,
        COMPANY,
        input.centreId ?? 'centre-1',
        ...[name, address].map((text) => vault.hashBigrams(text).map(wordOf)),
      ],
    );
    for (const bill of input.bills ?? [])
      await tx.run(
        `insert into bills (company_id, centre_id, bill_id, account_id, service, period, principal_fen, paid_fen, issued_on, due_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          COMPANY,
          input.centreId ?? 'centre-1',
          bill.billId,
          accountId,
          bill.service ?? 'electricity',
          bill.period,
          bill.principalFen,
          bill.paidFen ?? 0,
          civilDate(bill.issuedDate),
          civilDate(bill.dueDate),
        ],
      );
    if (input.agreedChannel && input.phone)
      await tx.run(
        `insert into agreed_addresses (company_id, centre_id, account_id, channel, address_enc, agreed_on)
         values ($1, $2, $3, $4, $5, $6)`,
        [
          COMPANY,
          input.centreId ?? 'centre-1',
          accountId,
          input.agreedChannel,
          vault.seal(input.agreedChannel === 'sms' ? input.phone : (input.email ?? '')),
          input.agreedOn ?? '2026-01-01',
        ],
      );
  });
}
