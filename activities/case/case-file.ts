import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import type { Policy } from '../../rules/parameters/policy.ts';
import type { CaseMoment } from '../contract.ts';

interface FileRow {
  policy: Policy;
  account_no: string;
  region: string;
  customer_class: 'resident' | 'non-resident';
  category: string;
  meter_no: string;
  reader_id: string;
  name_enc: Buffer;
  address_enc: Buffer;
  phone_enc: Buffer | null;
  late_fee_permille: number | null;
  company_name: string | null;
  centre_name: string | null;
}

/** The case's account and the policy the case keeps, opened for the writing of papers and messages. */
export interface CaseFile {
  policy: Policy;
  accountNo: string;
  region: string;
  customerClass: 'resident' | 'non-resident';
  category: string;
  meterNo: string;
  readerId: string;
  customerName: string;
  address: string;
  phone: string | null;
  /** Contract ratio of the late fee, per mille a day; null = the ordinary ones (L4). */
  lateFeePermille: number | null;
  companyName: string;
  centreName: string;
}

/** @throws Error when the case is not stored */
export async function readCaseFile(tx: Tx, vault: Vault, at: CaseMoment): Promise<CaseFile> {
  const row = await tx.row<FileRow>(
    `select c.policy, a.account_no, a.region, a.customer_class, a.category, a.meter_no, a.reader_id, a.name_enc,
            a.address_enc, a.phone_enc, a.late_fee_permille, co.name as company_name, ce.name as centre_name
       from cases c join accounts a using (account_id) left join companies co on co.company_id = c.company_id
       left join centres ce on ce.centre_id = c.centre_id
      where c.case_id = $1`,
    [at.caseId],
  );
  if (row === undefined) throw new Error(`case ${at.caseId} is not stored`);
  return {
    policy: row.policy,
    accountNo: row.account_no,
    region: row.region,
    customerClass: row.customer_class,
    category: row.category,
    meterNo: row.meter_no,
    readerId: row.reader_id,
    customerName: vault.open(row.name_enc),
    address: vault.open(row.address_enc),
    phone: row.phone_enc === null ? null : vault.open(row.phone_enc),
    lateFeePermille: row.late_fee_permille,
    companyName: row.company_name ?? '',
    centreName: row.centre_name ?? at.centreId,
  };
}

/** The e-address the customer agreed to, in force on a day (L8); SMS before e-mail. */
export async function readAgreedAddresses(
  tx: Tx,
  vault: Vault,
  accountId: string,
  onDate: string,
): Promise<{ channel: 'sms' | 'email'; address: string }[]> {
  const rows = await tx.rows<{ channel: 'sms' | 'email'; address_enc: Buffer }>(
    `select distinct on (channel) channel, address_enc from agreed_addresses
      where account_id = $1 and channel in ('sms', 'email') and agreed_on <= $2 and (revoked_on is null or revoked_on > $2)
      order by channel desc, agreed_on desc`,
    [accountId, onDate],
  );
  return rows.map((row) => ({ channel: row.channel, address: vault.open(row.address_enc) }));
}
