import type { Db } from '../../db/database.ts';
import { wholeCompany } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import type { DistrictAccountInput } from '../../sim/billing/account.ts';
import type { SimClient } from '../../sim/client.ts';

const accountsAtOnce = 1_000;

interface AccountRow {
  account_id: string;
  account_no: string;
  name_enc: Buffer;
  phone_enc: Buffer | null;
  email_enc: Buffer | null;
  address_enc: Buffer;
  region: string;
  centre_id: string;
  reader_id: string;
  meter_no: string;
  debtor_id: string;
  customer_class: 'resident' | 'non-resident';
  category: NonNullable<DistrictAccountInput['category']>;
  capacity_kva: number | null;
  remote_switch: boolean;
  prepaid_contract: boolean;
  protection: 'none' | 'registered' | null;
  bills: NonNullable<DistrictAccountInput['bills']>;
}

const select = `
  select a.*, (select coalesce(json_agg(json_build_object('billId', b.bill_id, 'service', b.service, 'period', b.period,
            'principalFen', b.principal_fen, 'paidFen', b.paid_fen, 'issuedDate', b.issued_on, 'dueDate', b.due_on,
            'disputed', b.disputed)), '[]') from bills b where b.account_id = a.account_id) as bills
    from accounts a where a.company_id = $1 and a.account_no > $2 order by a.account_no limit ${accountsAtOnce}`;

function accountOf(row: AccountRow, vault: Vault): DistrictAccountInput {
  const opened = (sealed: Buffer | null): string | null => (sealed === null ? null : vault.open(sealed));
  return {
    accountNo: row.account_no,
    customerName: vault.open(row.name_enc),
    customerNo: row.debtor_id,
    address: vault.open(row.address_enc),
    phone: opened(row.phone_enc),
    email: opened(row.email_enc),
    region: row.region,
    centreId: row.centre_id,
    readerId: row.reader_id,
    meterNo: row.meter_no,
    customerClass: row.customer_class,
    category: row.category,
    capacityKva: row.capacity_kva,
    remoteSwitch: row.remote_switch,
    prepaidContract: row.prepaid_contract,
    protection: row.protection,
    bills: row.bills,
  };
}

/** Tells the simulated billing system what an imported file says, so that live reads answer for those accounts too. */
export async function seedFromDatabase(
  db: Db,
  vault: Vault,
  companyId: string,
  district: SimClient,
): Promise<number> {
  let last = '';
  for (let count = 0; ;) {
    const rows = await db.tx(wholeCompany(companyId), (tx) => tx.rows<AccountRow>(select, [companyId, last]));
    if (rows.length === 0) return count;
    await district.seed(rows.map((row) => accountOf(row, vault)));
    count += rows.length;
    last = rows.at(-1)?.account_no ?? last;
  }
}
