import type { Placed } from '../../rules/credit/ordering.ts';
import type { Tx } from '../database.ts';

export interface OrderingItem {
  orderingId: string;
  purpose: 'service' | 'rationing' | 'maintenance' | 'dunning';
  answer: Placed[];
  policyVersion: string;
  askedBy: string;
  askedAt: string;
}

/** An ordering as it was answered, for whoever asked; nobody else's accounts are in it. */
export const findOrdering = (
  tx: Tx,
  of: { orderingId: string; askedBy: string },
): Promise<OrderingItem | undefined> =>
  tx.row<OrderingItem>(
    `select ordering_id as "orderingId", purpose, answer, policy_version as "policyVersion", asked_by as "askedBy",
            recorded_at as "askedAt"
       from credit_orderings where ordering_id = $1 and asked_by = $2`,
    [of.orderingId, of.askedBy],
  );
