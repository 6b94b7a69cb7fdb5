import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { BillingPayment } from '../../systems/billing/port.ts';
import type { Books, Statements } from '../books/books.ts';
import { HttpProblem } from '../http/problem.ts';
import type { BillRow, PaymentRow } from './accounts.ts';
import { billSelect, paymentOf, requireAccount } from './accounts.ts';

/** Money that arrives; `occurredAt` is the channel's time, in the time of the case. */
export const paymentInput = z.strictObject({
  accountNo: z.string(),
  amountFen: z.int().positive(),
  occurredAt: z.iso.datetime({ offset: true }),
  channel: z.string().min(1).default('wechat'),
  billIds: z.array(z.string()).default([]),
  paymentId: z.string().min(1).optional(),
});

/** A change of a payment that billing has recorded and tells the world about. */
export interface RecordedPayment {
  payment: BillingPayment;
  /** Place in the feed; undefined when nothing new was recorded. */
  seq: number | undefined;
}

const feedLock = 7_301_227;

/** Takes money and posts it; the same payment id again changes nothing. @throws HttpProblem 404, 409 `payment-differs`, 422 `unknown-bill` */
export async function postPayment(
  books: Books,
  input: z.output<typeof paymentInput>,
): Promise<RecordedPayment> {
  return books.transaction(async (tx) => {
    const { row, isNew } = await insertPayment(tx, input, 'posted');
    if (!isNew) return { payment: paymentOf(row), seq: undefined };
    return settle(tx, row);
  });
}

/** Takes money that is not posted yet (在途资金). @throws as postPayment */
export async function takeInFlight(
  books: Books,
  input: z.output<typeof paymentInput>,
): Promise<BillingPayment> {
  return books.transaction(async (tx) => paymentOf((await insertPayment(tx, input, 'in-flight')).row));
}

/** Posts money that was in flight; again changes nothing. @throws HttpProblem 404 `unknown-payment`, 409 `payment-reversed` */
export async function postInFlight(books: Books, paymentId: string): Promise<RecordedPayment> {
  return books.transaction(async (tx) => {
    const row = await lockPayment(tx, paymentId);
    if (row.status === 'posted') return { payment: paymentOf(row), seq: undefined };
    if (row.status === 'reversed') {
      throw new HttpProblem(409, 'payment-reversed', `Payment ${paymentId} was reversed.`);
    }
    await tx.rows(`update payment set status = 'posted' where payment_id = $1`, [paymentId]);
    return settle(tx, { ...row, status: 'posted' });
  });
}

/** Takes a payment back: its bills are owed again; again changes nothing. @throws HttpProblem 404 `unknown-payment` */
export async function reversePayment(books: Books, paymentId: string): Promise<RecordedPayment> {
  return books.transaction(async (tx) => {
    const row = await lockPayment(tx, paymentId);
    const payment = paymentOf({ ...row, status: 'reversed' });
    if (row.status === 'reversed') return { payment, seq: undefined };
    await tx.rows(`update payment set status = 'reversed' where payment_id = $1`, [paymentId]);
    return { payment, seq: await record(tx, paymentId, 'reversed') };
  });
}

/** The feed of recorded payments and reversals after a cursor ('' = from the beginning). @throws HttpProblem 400 `bad-cursor` */
export async function listPayments(
  books: Statements,
  cursor: string,
  limit: number,
): Promise<{ items: BillingPayment[]; nextCursor: string; more: boolean }> {
  if (!/^\d{0,15}$/.test(cursor)) throw new HttpProblem(400, 'bad-cursor', 'This cursor is not ours.');
  const rows = await books.rows<PaymentRow & { seq: number }>(
    `select r.seq, p.payment_id, p.account_no, p.amount_fen, p.occurred_at, p.channel, r.status, p.bill_ids
       from payment_record r join payment p using (payment_id)
      where r.seq > $1 order by r.seq limit $2`,
    [Number(cursor), limit + 1],
  );
  const items = rows.slice(0, limit);
  return {
    items: items.map(paymentOf),
    nextCursor: String(items.at(-1)?.seq ?? cursor),
    more: rows.length > limit,
  };
}

async function insertPayment(
  tx: Statements,
  input: z.output<typeof paymentInput>,
  status: 'posted' | 'in-flight',
): Promise<{ row: PaymentRow; isNew: boolean }> {
  await requireAccount(tx, input.accountNo);
  await requireBills(tx, input.accountNo, input.billIds);
  const paymentId = input.paymentId ?? `pay-${randomUUID()}`;
  const [made] = await tx.rows<PaymentRow>(
    `insert into payment (payment_id, account_no, amount_fen, occurred_at, channel, status, bill_ids)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (payment_id) do nothing returning *`,
    [paymentId, input.accountNo, input.amountFen, input.occurredAt, input.channel, status, input.billIds],
  );
  if (made) return { row: made, isNew: true };
  const known = await lockPayment(tx, paymentId);
  if (known.account_no !== input.accountNo || known.amount_fen !== input.amountFen) {
    throw new HttpProblem(409, 'payment-differs', `Payment ${paymentId} is known with other content.`);
  }
  return { row: known, isNew: false };
}

async function requireBills(tx: Statements, accountNo: string, billIds: readonly string[]): Promise<void> {
  const [row] = await tx.rows<{ unknown: string[] }>(
    `select coalesce(array_agg(id), '{}') as unknown from unnest($2::text[]) as id
      where not exists (select 1 from bill where bill_id = id and account_no = $1)`,
    [accountNo, billIds],
  );
  if (row && row.unknown.length > 0) {
    throw new HttpProblem(422, 'unknown-bill', `Account ${accountNo} has no bill ${row.unknown.join(', ')}.`);
  }
}

async function lockPayment(tx: Statements, paymentId: string): Promise<PaymentRow> {
  const [row] = await tx.rows<PaymentRow>('select * from payment where payment_id = $1 for update', [
    paymentId,
  ]);
  if (!row) throw new HttpProblem(404, 'unknown-payment', `There is no payment ${paymentId}.`);
  return row;
}

async function settle(tx: Statements, row: PaymentRow): Promise<RecordedPayment> {
  await allocate(tx, row);
  return { payment: paymentOf(row), seq: await record(tx, row.payment_id, 'posted') };
}

/** Named bills in the order named, else electricity before other services, oldest due first; a rest stays as late fee. */
async function allocate(tx: Statements, payment: PaymentRow): Promise<void> {
  await tx.rows('select 1 from account where account_no = $1 for update', [payment.account_no]);
  const bills = await tx.rows<BillRow>(
    `${billSelect} where b.account_no = $1 and ($2::text[] = '{}' or b.bill_id = any ($2::text[]))
      order by array_position($2::text[], b.bill_id), b.service <> 'electricity', b.due_on, b.bill_id`,
    [payment.account_no, payment.bill_ids],
  );
  let leftFen = payment.amount_fen;
  for (const bill of bills) {
    const shareFen = Math.min(leftFen, bill.principal_fen - bill.paid_fen);
    if (shareFen <= 0) continue;
    leftFen -= shareFen;
    await tx.rows('insert into allocation (payment_id, bill_id, amount_fen) values ($1, $2, $3)', [
      payment.payment_id,
      bill.bill_id,
      shareFen,
    ]);
  }
}

async function record(tx: Statements, paymentId: string, status: 'posted' | 'reversed'): Promise<number> {
  // Numbers become visible in their own order, so that a reader's cursor never passes one that commits later.
  await tx.rows('select pg_advisory_xact_lock($1)', [feedLock]);
  const [row] = await tx.rows<{ seq: number }>(
    'insert into payment_record (payment_id, status) values ($1, $2) returning seq',
    [paymentId, status],
  );
  if (!row) throw new Error('the payment was not recorded');
  return row.seq;
}
