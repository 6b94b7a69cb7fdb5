import { z } from 'zod';
import type { BillingPayment } from '../../systems/billing/port.ts';
import type { SimContext } from '../context.ts';
import { HttpProblem } from '../http/problem.ts';
import { readAccountNow } from './accounts.ts';
import type { RecordedPayment } from './payments.ts';
import { paymentInput, postInFlight, postPayment, reversePayment, takeInFlight } from './payments.ts';
import { announce } from './webhook.ts';

const webhookMode = z.enum(['sent', 'lost']).default('sent');

/** Money arrives and Fudian is told of it, or is not. */
export const payBody = paymentInput.omit({ amountFen: true, occurredAt: true }).extend({
  /** `all` and `half` are of the electricity principal that is open now; a number is fen. */
  amount: z.union([z.enum(['all', 'half']), z.int().positive()]).default('all'),
  /** The channel's time, in the time of the case; the district's own clock when absent. */
  occurredAt: z.iso.datetime({ offset: true }).optional(),
  as: z.enum(['posted', 'in-flight']).default('posted'),
  webhook: webhookMode,
});
export type PayInput = z.input<typeof payBody>;
export const webhookBody = z.strictObject({ webhook: webhookMode });

type WebhookMode = z.output<typeof webhookMode>;

/** Takes money now. @throws HttpProblem as postPayment, 409 `nothing-owed` */
export async function payNow(sim: SimContext, pay: z.output<typeof payBody>): Promise<BillingPayment> {
  const { amount, as, webhook, occurredAt, ...rest } = pay;
  const amountFen = typeof amount === 'number' ? amount : await shareFen(sim, pay.accountNo, amount);
  const input = { ...rest, amountFen, occurredAt: occurredAt ?? sim.clock.nowIso() };
  if (as === 'in-flight') return takeInFlight(sim.books, input);
  return tell(sim, await postPayment(sim.books, input), webhook);
}

/** Posts money that was in flight. @throws HttpProblem as postInFlight */
export async function postNow(
  sim: SimContext,
  paymentId: string,
  webhook: WebhookMode,
): Promise<BillingPayment> {
  return tell(sim, await postInFlight(sim.books, paymentId), webhook);
}

/** Takes a payment back. @throws HttpProblem as reversePayment */
export async function reverseNow(
  sim: SimContext,
  paymentId: string,
  webhook: WebhookMode,
): Promise<BillingPayment> {
  return tell(sim, await reversePayment(sim.books, paymentId), webhook);
}

async function tell(
  sim: SimContext,
  recorded: RecordedPayment,
  webhook: WebhookMode,
): Promise<BillingPayment> {
  if (webhook === 'sent') await announce(sim.webhooks, sim.publicUrl(), recorded);
  return recorded.payment;
}

async function shareFen(sim: SimContext, accountNo: string, share: 'all' | 'half'): Promise<number> {
  const { bills } = await readAccountNow(sim.books, sim.clock, accountNo);
  const openFen = bills
    .filter((bill) => bill.service === 'electricity')
    .reduce((sum, bill) => sum + bill.principalFen - bill.paidFen, 0);
  if (openFen === 0) throw new HttpProblem(409, 'nothing-owed', `Account ${accountNo} owes nothing.`);
  return share === 'all' ? openFen : Math.ceil(openFen / 2);
}
