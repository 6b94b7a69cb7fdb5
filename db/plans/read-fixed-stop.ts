import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { Category, Policy } from '../../rules/parameters/policy.ts';
import type { Tx } from '../database.ts';

/** A stop whose time the proof of service has fixed. */
export interface FixedStop {
  stopOn: CivilDate;
  /** ISO instant. */
  stopAt: string;
  intervalMinutes: number;
  namedPrincipalFen: number;
  policy: Policy;
  customerClass: 'resident' | 'non-resident';
  category: Category;
  remoteSwitch: boolean;
}

/** Undefined: there is no such plan, or its day is not fixed. */
export function readFixedStop(tx: Tx, caseId: string, attempt: number): Promise<FixedStop | undefined> {
  return tx.row<FixedStop>(
    `select p.stop_on as "stopOn", p.stop_at as "stopAt", p.interval_minutes as "intervalMinutes",
            p.named_principal_fen as "namedPrincipalFen", c.policy, a.customer_class as "customerClass", a.category,
            a.remote_switch as "remoteSwitch"
       from stop_plans p join cases c using (case_id) join accounts a using (account_id)
      where p.case_id = $1 and p.attempt = $2 and p.stop_at is not null`,
    [caseId, attempt],
  );
}
