import { createHmac } from 'node:crypto';
import type { Webhook, WebhookSender, Webhooks } from '../webhooks/webhooks.ts';
import type { RecordedPayment } from './payments.ts';

const retryDelaysMs = [250, 1_000, 4_000, 15_000];

/** Signs with `v1=<hex hmac-sha256(secret, timestamp.body)>`, anew at each try. */
export function billingSender(secret: string): WebhookSender {
  return {
    retryDelaysMs,
    retriesRefusals: true,
    headers: (_url, body) => {
      // Real time, not the district's: the receiver refuses old signatures by its own clock.
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
      return { 'x-fudian-timestamp': timestamp, 'x-fudian-signature': `v1=${signature}` };
    },
  };
}

/** Tells Fudian of a recorded payment or reversal; says nothing when nothing was recorded or nobody listens. */
export async function announce(
  webhooks: Webhooks,
  publicUrl: string | undefined,
  recorded: RecordedPayment,
): Promise<void> {
  if (recorded.seq === undefined || publicUrl === undefined) return;
  await webhooks.send(paymentWebhook(publicUrl, recorded.payment, recorded.seq));
}

function paymentWebhook(publicUrl: string, payment: RecordedPayment['payment'], seq: number): Webhook {
  return {
    system: 'billing',
    url: `${publicUrl}/webhooks/billing`,
    contentType: 'application/json',
    body: JSON.stringify({
      eventId: `event-${seq}-${payment.paymentId}`,
      type: payment.status === 'reversed' ? 'payment.reversed' : 'payment.received',
      accountNo: payment.accountNo,
      paymentId: payment.paymentId,
      amountFen: payment.amountFen,
      occurredAt: payment.occurredAt,
      channel: payment.channel,
      status: payment.status,
      billIds: payment.billIds,
    }),
    subject: { accountNo: payment.accountNo },
  };
}
