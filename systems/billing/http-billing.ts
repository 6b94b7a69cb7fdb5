import { z } from 'zod';
import { jsonClient } from '../http/json-client.ts';
import type { BillingPort } from './port.ts';

const fen = z.int().nonnegative();
const payment = z.object({
  paymentId: z.string().min(1),
  accountNo: z.string().min(1),
  amountFen: z.int().positive(),
  occurredAt: z.iso.datetime({ offset: true }),
  channel: z.string(),
  status: z.enum(['in-flight', 'posted', 'reversed']),
  billIds: z.array(z.string()),
});
/** A payment or a reversal as billing writes it, in answers and in webhooks. */
export const billingPayment = payment;
const accountNow = z.object({
  accountNo: z.string().min(1),
  asOf: z.iso.datetime({ offset: true }),
  bills: z.array(
    z.object({
      billId: z.string().min(1),
      service: z.enum(['electricity', 'water', 'other']),
      period: z.string().regex(/^\d{4}-\d{2}$/),
      principalFen: fen,
      paidFen: fen,
      issuedDate: z.iso.date(),
      dueDate: z.iso.date(),
      disputed: z.boolean(),
    }),
  ),
  payments: z.array(payment),
  inFlight: z.array(payment),
});
const page = z.object({ items: z.array(payment), nextCursor: z.string(), more: z.boolean() });

const opened = z.object({ payUrl: z.url({ protocol: /^https?$/ }) });

const TIMEOUT_MS = 8_000;

/** Billing over HTTP. An answer about another account than asked is nonsense, and nonsense is no permission. */
export function httpBilling(options: { baseUrl: string; token: string }): BillingPort {
  const client = jsonClient({ ...options, system: 'billing', timeoutMs: TIMEOUT_MS });
  return {
    readAccountNow(accountNo) {
      const about = accountNow.refine(
        (answer) =>
          answer.accountNo === accountNo &&
          [...answer.payments, ...answer.inFlight].every((p) => p.accountNo === accountNo),
        { path: ['accountNo'] },
      );
      return client.request('GET', `/accounts/${encodeURIComponent(accountNo)}/now`, about);
    },
    openPaymentPage(order) {
      return client.request('POST', '/payment-orders', opened, order);
    },
    listPaymentsSince(sinceCursor, limit) {
      const query = new URLSearchParams({ cursor: sinceCursor, limit: String(limit) });
      return client.request('GET', `/payments?${query.toString()}`, page);
    },
  };
}
