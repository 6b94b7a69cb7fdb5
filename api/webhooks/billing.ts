import { createHash } from 'node:crypto';
import express, { Router } from 'express';
import { z } from 'zod';
import { IntakeRefused, type Intake } from '../../intake/deps.ts';
import { takePayment, type Taken } from '../../intake/payments/take-payment.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../http/problem.ts';

const paymentEvent = z.object({
  eventId: z.string().min(1).max(200),
  type: z.enum(['payment.received', 'payment.reversed']),
  accountNo: z.string().min(1),
  paymentId: z.string().min(1).max(200),
  amountFen: z.int().positive(),
  occurredAt: z.iso.datetime({ offset: true }),
  channel: z.string().max(100),
  status: z.enum(['in-flight', 'posted', 'reversed']),
  billIds: z.array(z.string()).default([]),
});

const LIMIT = '256kb';

const differs = (code: string): Problem =>
  new Problem(409, 'refused-by-facts', { reasons: [{ code, clause: 'T2.6' }] });

/** Through the money path; the same event id with other words is refused. @throws Problem 409 */
async function take(intake: Intake, event: z.output<typeof paymentEvent>, body: string): Promise<Taken> {
  const { eventId, ...payment } = event;
  const sha256 = createHash('sha256').update(body).digest('hex');
  try {
    return await takePayment(intake, { source: 'webhook', ...payment, event: { eventId, sha256 } });
  } catch (error) {
    if (error instanceof IntakeRefused && error.code === 'event-differs') throw differs(error.code);
    throw error;
  }
}

/** Payments and reversals as billing tells of them: signed, each event once, stored before it is acknowledged. */
export function billingWebhook(
  deps: ApiDeps,
  isSigned: (request: {
    timestamp: string | undefined;
    signature: string | undefined;
    body: string;
  }) => boolean,
): Router {
  const router = Router();
  const intake: Intake = {
    db: deps.db.prepared,
    vault: deps.vault,
    scope: { companyId: deps.settings.COMPANY_ID, centreIds: '*' },
  };
  router.post(
    '/webhooks/billing',
    express.raw({ type: () => true, limit: LIMIT }),
    async (request, response) => {
      const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
      const isOurs = isSigned({
        timestamp: request.get('x-fudian-timestamp'),
        signature: request.get('x-fudian-signature'),
        body,
      });
      if (!isOurs) throw new Problem(401, 'signature-invalid');
      let raw: unknown;
      try {
        raw = JSON.parse(body);
      } catch {
        throw new Problem(400, 'malformed-json');
      }
      const parsed = paymentEvent.safeParse(raw);
      if (!parsed.success)
        throw new Problem(400, 'invalid-request', {
          errors: parsed.error.issues.map((issue) => ({
            field: `body.${issue.path.join('.')}`,
            reason: issue.message,
          })),
        });
      const taken = await take(intake, parsed.data, body);
      if (taken === 'differs') throw differs('payment-differs');
      if (taken === 'unknown-account') {
        response.status(200).json({ accepted: false, reason: taken });
        return;
      }
      response.status(200).json({ accepted: true, duplicate: taken === 'known' });
    },
  );
  return router;
}
