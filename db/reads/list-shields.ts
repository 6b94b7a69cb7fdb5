import type { Tx } from '../database.ts';

export interface ShieldItem {
  shieldId: string;
  region: string | null;
  customerClass: string | null;
  accountNo: string | null;
  effect: string;
  orderNo: string;
  reason: string;
  from: string;
  to: string;
  setBy: string;
  liftedAt: string | null;
  /** By the database's day: lifted, over, coming or in-force. */
  state: string;
}

const TODAY = `(now() at time zone 'Asia/Shanghai')::date`;

const COLUMNS = `s.shield_id as "shieldId", s.region, s.customer_class as "customerClass", a.account_no as "accountNo",
       s.effect, s.order_no as "orderNo", s.reason, s.from_on as "from", s.to_on as "to", s.set_by as "setBy",
       s.lifted_at as "liftedAt",
       case when s.lifted_at is not null then 'lifted' when s.to_on < ${TODAY} then 'over'
            when s.from_on > ${TODAY} then 'coming' else 'in-force' end as state`;

/** An account's own shield is seen by whoever sees the account; the others by the whole company. */
const SEEN = `shields s left join accounts a using (account_id) where (s.account_id is null or a.account_id is not null)`;

/** Orders that protect supply, the latest to begin first; `standing` leaves out those lifted and those whose days are over. */
export function listShields(
  tx: Tx,
  query: { standing: boolean; before: string[] | undefined; limit: number },
): Promise<ShieldItem[]> {
  return tx.rows<ShieldItem>(
    `select ${COLUMNS} from ${SEEN}
        and (not $1::boolean or (s.lifted_at is null and s.to_on >= ${TODAY}))
        and ($2::date is null or (s.from_on, s.shield_id) < ($2, $3))
      order by s.from_on desc, s.shield_id desc limit $4`,
    [query.standing, query.before?.[0] ?? null, query.before?.[1] ?? null, query.limit],
  );
}

export function findShield(tx: Tx, shieldId: string): Promise<ShieldItem | undefined> {
  return tx.row<ShieldItem>(`select ${COLUMNS} from ${SEEN} and s.shield_id = $1`, [shieldId]);
}
