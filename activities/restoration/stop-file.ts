import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { defaultPolicy } from '../../rules/parameters/default-policy.ts';
import type { Policy } from '../../rules/parameters/policy.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import type { RestorationMoment } from '../contract.ts';

interface Row {
  case_id: string | null;
  occurred_at: string;
  in_force: boolean;
  policy: Policy | null;
  account_no: string;
  meter_no: string;
  remote_switch: boolean;
  name_enc: Buffer;
  address_enc: Buffer;
  phone_enc: Buffer | null;
  company_name: string | null;
  centre_name: string | null;
}

/**
 * A stop with what its restoration needs to know of account and policy. Where the wrong meter was switched off, name, address and
 * phone are of whoever sits in the dark: the customer of that meter, if we know one.
 */
export interface StopFile {
  caseId: string | null;
  stoppedAtMs: number;
  inForce: boolean;
  policy: Policy;
  accountNo: string;
  meterNo: string;
  remoteSwitch: boolean;
  customerName: string;
  address: string;
  phone: string | null;
  companyName: string;
  centreName: string;
}

/** @throws Error when the stop is not stored */
export async function readStopFile(tx: Tx, vault: Vault, at: RestorationMoment): Promise<StopFile> {
  const row = await tx.row<Row>(
    `select s.case_id, s.occurred_at, s.in_force, c.policy, a.account_no, s.meter_no, a.remote_switch, a.name_enc,
            a.address_enc, a.phone_enc, co.name as company_name, ce.name as centre_name
       from stops s
       join accounts debtor using (account_id)
       join lateral (
         select * from accounts x
          where x.account_id = debtor.account_id or (x.company_id = s.company_id and x.meter_no = s.meter_no)
          order by x.meter_no <> s.meter_no, x.account_id <> debtor.account_id limit 1) a on true
       left join cases c on c.case_id = s.case_id
       left join companies co on co.company_id = s.company_id left join centres ce on ce.centre_id = s.centre_id
      where s.stop_id = $1`,
    [at.stopId],
  );
  if (row === undefined) throw new Error(`stop ${at.stopId} is not stored`);
  return {
    caseId: row.case_id,
    stoppedAtMs: Date.parse(row.occurred_at),
    inForce: row.in_force,
    // A stop found without a case is restored by the ordinary clocks.
    policy: row.policy ?? defaultPolicy(civilDateAt(at.nowMs)),
    accountNo: row.account_no,
    meterNo: row.meter_no,
    remoteSwitch: row.remote_switch,
    customerName: vault.open(row.name_enc),
    address: vault.open(row.address_enc),
    phone: row.phone_enc === null ? null : vault.open(row.phone_enc),
    companyName: row.company_name ?? '',
    centreName: row.centre_name ?? at.centreId,
  };
}
