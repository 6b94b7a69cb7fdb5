import type { Tx } from '../../db/database.ts';
import type { TriggerKind } from '../../rules/restore/trigger-kind.ts';
import { isRestorationOwed } from '../../rules/restore/is-restoration-owed.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import type { AccountInHand } from '../take-account.ts';
import { triggerRestoration } from './trigger-restoration.ts';

/** A fact that makes a restoration due, by its kind. */
interface Cause {
  kind: TriggerKind;
  factId: string;
  /** ISO, case time. */
  occurredAt: string;
}

interface StopRow {
  stop_id: string;
  classification: 'lawful' | 'wrongful' | 'race';
  occurred_at: string;
  open_fen: number;
  known: number;
  named: number;
  printed_fen: number | null;
  paid_since_fen: number;
  last_paid_at: string | null;
  causes: Cause[];
  triggered: TriggerKind[];
}

/** Holds by what they are a cause of; one that ran out or was ended is none, a dispute is one once it was upheld. */
const CAUSE_OF_HOLD = `
case h.kind when 'plan' then 'plan' when 'deferral' then 'plan' when 'guarantee' then 'guarantee'
            when 'authority-order' then 'authority-order' when 'moved-out' then 'moved-out'
            when 'protection' then 'danger' when 'dispute' then 'dispute-upheld' end`;

/** The stop in force with everything of L3 that is stored of its account: $1 account, $2 case time, $3 its day. */
const STOP = `
with s as (select * from stops where account_id = $1 and in_force),
     since as (select n.recorded_at, n.sum_fen from notices n, s where n.notice_id = s.notice_id),
     paid as (select coalesce(sum(p.amount_fen), 0)::bigint as fen, max(p.occurred_at) as last_at
                from payments_standing p, since where p.account_id = $1 and p.recorded_at >= since.recorded_at)
select s.stop_id, s.classification, s.occurred_at,
       coalesce((select sum(b.principal_fen - b.paid_fen) from jsonb_array_elements(s.named_bills) n
                   join bills b on b.company_id = s.company_id and b.bill_id = n ->> 'billId'), 0)::bigint as open_fen,
       (select count(*) from jsonb_array_elements(s.named_bills) n
          join bills b on b.company_id = s.company_id and b.bill_id = n ->> 'billId')::int as known,
       jsonb_array_length(s.named_bills) as named,
       (select sum_fen from since) as printed_fen, (select fen from paid) as paid_since_fen,
       (select last_at from paid) as last_paid_at,
       (select coalesce(jsonb_agg(cause order by cause ->> 'occurredAt'), '[]') from (
          select jsonb_build_object('kind', ${CAUSE_OF_HOLD}, 'factId', h.hold_id,
                                    'occurredAt', case h.kind when 'dispute' then h.ended_at else h.occurred_at end) as cause
            from holds h
           where h.account_id = $1 and ${CAUSE_OF_HOLD} is not null
             and case h.kind when 'dispute' then h.end_reason = 'dispute-upheld' and h.ended_at >= s.occurred_at
                 else h.ended_at is null and (h.until_at is null or h.until_at > $2) end
          union all
          select jsonb_build_object('kind', 'danger', 'factId', 'registry', 'occurredAt', $2::timestamptz)
            from accounts a where a.account_id = $1 and a.protection = 'registered'
          union all
          select jsonb_build_object('kind', 'moved-out', 'factId', 'moved-out', 'occurredAt', $2::timestamptz)
            from accounts a where a.account_id = $1 and a.moved_out_on <= $3::date
          union all
          select jsonb_build_object('kind', 'shield', 'factId', o.shield_id, 'occurredAt', $2::timestamptz)
            from shields o
           where o.account_id = $1 and o.lifted_at is null and o.effect in ('no-stop', 'both')
             and $3::date between o.from_on and o.to_on) c) as causes,
       (select coalesce(jsonb_agg(distinct t.kind), '[]') from restoration_triggers t where t.stop_id = s.stop_id) as triggered
  from s`;

/** The fact behind a kind; what no fact of its own stands behind (a debt written off, doubt) is due from now. */
function causeOf(row: StopRow, kind: TriggerKind, nowAt: string): Cause {
  const found = row.causes.find((cause) => cause.kind === kind);
  if (found !== undefined) return { ...found, occurredAt: new Date(found.occurredAt).toISOString() };
  const paidAt = kind === 'paid' ? row.last_paid_at : null;
  return { kind, factId: 'review', occurredAt: paidAt === null ? nowAt : new Date(paidAt).toISOString() };
}

/**
 * Looks at the stop in force against everything stored of its account (L3, T3.2): what became true before the stop was known to
 * us, or was never told, brings the light back as well. A kind that has triggered already does not again. The caller holds the
 * account's lock. @returns whether a restoration is owed
 */
export async function reviewCauses(tx: Tx, account: AccountInHand): Promise<boolean> {
  const nowAt = new Date(account.nowMs).toISOString();
  const row = await tx.row<StopRow>(STOP, [account.accountId, nowAt, civilDateAt(account.nowMs)]);
  if (row === undefined) return false;
  const has = (kind: TriggerKind): boolean => row.causes.some((cause) => cause.kind === kind);
  const owed = isRestorationOwed({
    isInForce: true,
    classification: row.classification,
    // A bill that the mirror does not know leaves doubt.
    namedOpenFen: row.known < row.named ? null : row.open_fen,
    printedSumFen: row.printed_fen,
    paidSinceFen: row.paid_since_fen,
    hasGuarantee: has('guarantee'),
    hasPlan: has('plan'),
    isOrdered: has('authority-order'),
    isDisputeUpheld: has('dispute-upheld'),
    isDanger: has('danger'),
    isMovedOut: has('moved-out'),
    isShielded: has('shield'),
  });
  for (const kind of owed.filter((one) => !row.triggered.includes(one)))
    await triggerRestoration(tx, account, { ...causeOf(row, kind, nowAt), stopId: row.stop_id });
  return owed.length > 0;
}
