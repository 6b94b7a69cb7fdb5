import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Statements } from '../books/books.ts';
import { HttpProblem } from '../http/problem.ts';
import { requireAccount } from './accounts.ts';

/** What a customer is to pay, as Fudian hands it over. */
export const paymentOrder = z.strictObject({
  accountNo: z.string(),
  amountFen: z.int().positive(),
  billIds: z.array(z.string()).default([]),
  returnUrl: z.url(),
  orderedAt: z.iso.datetime({ offset: true }),
});

export interface OrderRow {
  order_id: string;
  account_no: string;
  amount_fen: number;
  bill_ids: string[];
  return_url: string;
  /** Channel's time if it is paid now, in the time of the case. */
  pays_at: string;
  paid_at: string | null;
}

/** Keeps an order; its page is found by a number that nobody can guess. @throws HttpProblem 404 `unknown-account` */
export async function placeOrder(
  books: Statements,
  order: z.output<typeof paymentOrder>,
  origin: string,
): Promise<string> {
  await requireAccount(books, order.accountNo);
  const orderId = randomBytes(15).toString('base64url');
  await books.rows(
    `insert into payment_order (order_id, account_no, amount_fen, bill_ids, return_url, ordered_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [orderId, order.accountNo, order.amountFen, order.billIds, order.returnUrl, order.orderedAt],
  );
  return `${origin}/pay/${orderId}`;
}

/** @throws HttpProblem 404 `unknown-order` */
export async function requireOrder(books: Statements, orderId: string): Promise<OrderRow> {
  const [row] = await books.rows<OrderRow>(
    `select order_id, account_no, amount_fen, bill_ids, return_url, paid_at,
            ordered_at + (clock_timestamp() - made_at) as pays_at
       from payment_order where order_id = $1`,
    [orderId],
  );
  if (row === undefined) throw new HttpProblem(404, 'unknown-order', 'There is no such order.');
  return row;
}

export const markPaid = (books: Statements, orderId: string): Promise<unknown> =>
  books.rows('update payment_order set paid_at = clock_timestamp() where order_id = $1 and paid_at is null', [
    orderId,
  ]);
