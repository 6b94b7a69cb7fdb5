import type { Tx } from '../../db/database.ts';
import { isNamedDebtCleared } from '../../rules/stop/is-named-debt-cleared.ts';
import { openIncident } from '../incidents/open-incident.ts';
import type { AccountInHand } from '../take-account.ts';
import { triggerRestoration } from './trigger-restoration.ts';

interface StopRow {
  stop_id: string;
  classification: 'lawful' | 'wrongful' | 'race';
  occurred_at: string;
  open_fen: number;
  known: number;
  named: number;
  printed_fen: number | null;
  paid_since_fen: number;
}

/** The stop in force with what is left of the debt that caused it, and of nothing else (L3). */
const STOP = `
select s.stop_id, s.classification, s.occurred_at,
       coalesce(sum(b.principal_fen - b.paid_fen), 0)::bigint as open_fen, count(b.bill_id)::int as known,
       jsonb_array_length(s.named_bills) as named,
       (select n.sum_fen from notices n where n.notice_id = s.notice_id) as printed_fen,
       coalesce((select sum(p.amount_fen) from payments_standing p
                  where p.account_id = s.account_id
                    and p.recorded_at >= (select n.recorded_at from notices n where n.notice_id = s.notice_id)), 0)::bigint
         as paid_since_fen
  from stops s
  left join lateral jsonb_array_elements(s.named_bills) named on true
  left join bills b on b.company_id = s.company_id and b.bill_id = named ->> 'billId'
 where s.account_id = $1 and s.in_force
 group by s.stop_id`;

/**
 * Looks at the stop in force after a fact about money: cleared, or in doubt, supply comes back (L3); money paid before the
 * stop and recorded after it makes it a race (T2.6). The caller holds the account's lock.
 */
export async function reviewStop(
  tx: Tx,
  account: AccountInHand,
  fact: { factId: string; occurredAt: string },
): Promise<boolean> {
  const stop = await tx.row<StopRow>(STOP, [account.accountId]);
  if (stop === undefined) return false;
  const isEarlier = Date.parse(fact.occurredAt) <= Date.parse(stop.occurred_at);
  if (isEarlier && stop.classification === 'lawful') {
    const reasons = [{ code: 'paid-before-stop-recorded-after', clause: 'T2.6' }];
    await tx.run(`update stops set classification = 'race', reasons = $2 where stop_id = $1`, [
      stop.stop_id,
      JSON.stringify(reasons),
    ]);
    await openIncident(tx, account, {
      stopId: stop.stop_id,
      kind: 'race',
      reasons,
      occurredAt: fact.occurredAt,
    });
  }
  const isCleared =
    stop.known < stop.named ||
    isNamedDebtCleared({
      openFen: stop.open_fen,
      printedSumFen: stop.printed_fen,
      paidSinceFen: stop.paid_since_fen,
    });
  if (!isCleared && !isEarlier) return false;
  await triggerRestoration(tx, account, {
    stopId: stop.stop_id,
    kind: isCleared ? 'paid' : 'wrongful-stop',
    factId: fact.factId,
    occurredAt: isEarlier ? stop.occurred_at : fact.occurredAt,
  });
  return true;
}
