import type { AccountRow } from '../../db/accounts/lock-account.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { Fault } from './reject-texts.ts';

/** What a file says of an account; personal data in the clear, for as long as the row is in memory. */
export interface AccountFacts {
  accountNo: string;
  name: string;
  /** '' = the file names none. */
  debtor: string;
  phone: string | null;
  email: string | null;
  address: string;
  /** '' = the centre's own. */
  region: string;
  centreId: string;
  readerId: string;
  meterNo: string;
  customerClass: AccountRow['customerClass'];
  category: AccountRow['category'];
  capacityKva: number | null;
  remoteSwitch: boolean;
  prepaid: boolean;
  protection: AccountRow['protection'];
  agreedChannel: 'sms' | 'email' | null;
  agreedOn: CivilDate | null;
}

/** What a file says of a bill; whole fen. */
export interface BillFacts {
  billId: string;
  service: 'electricity' | 'water' | 'other';
  period: string;
  principalFen: number;
  paidFen: number;
  issuedOn: CivilDate;
  dueOn: CivilDate;
  disputed: boolean;
}

/** A good row. */
export interface GoodRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly rowNo: number;
  readonly cells: readonly string[];
  readonly account: AccountFacts;
  readonly bill: BillFacts;
}

/** A row that is not taken in, with everything that is wrong with it. */
export interface BadRow {
  readonly rowNo: number;
  readonly cells: readonly string[];
  readonly faults: readonly Fault[];
}

/** A centre that rows may be imported for. */
export interface Centre {
  readonly centreId: string;
  readonly name: string;
  readonly region: string;
}
