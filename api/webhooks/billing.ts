import { createHash } from 'node:crypto';
import express, { Router } from 'express';
import { z } from 'zod';
import type { Intake } from '../../intake/deps.ts';
import { takePayment } from '../../intake/payments/take-payment.ts';
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

/** Whether the event was seen before; the same id with other words is refused. */
async function isKnown(intake: Intake, event: { eventId: string }, body: string): Promise<boolean> {
  const sha256 = createHash('sha256').update(body).digest('hex');
  const { companyId } = intake.scope;
  return intake.db.tx(intake.scope, async (tx) => {
    const row = await tx.row<{ body_sha256: string }>(
      `select body_sha256 from inbox where company_id = $1 and source = 'billing' and fact_key = $2`,
      [companyId, event.eventId],
    );
    if (row !== undefined && row.body_sha256 !== sha256)
      throw new Problem(409, 'refused-by-facts', { reasons: [{ code: 'event-differs', clause: 'T2.6' }] });
    return row !== undefined;
  });
}

function remember(intake: Intake, event: { eventId: string }, body: string): Promise<unknown> {
  const sha256 = createHash('sha256').update(body).digest('hex');
  return intake.db.tx(intake.scope, (tx) =>
    tx.run(
      `insert into inbox (company_id, source, fact_key, body_sha256) values ($1, 'billing', $2, $3) on conflict do nothing`,
      [intake.scope.companyId, event.eventId, sha256],
    ),
  );
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
    db: deps.db,
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
      const event = parsed.data;
      if (await isKnown(intake, event, body)) {
        response.status(200).json({ accepted: true, duplicate: true });
        return;
      }
      const taken = await takePayment(intake, { source: 'webhook', ...event });
      if (taken === 'differs')
        throw new Problem(409, 'refused-by-facts', {
          reasons: [{ code: 'payment-differs', clause: 'T2.6' }],
        });
      if (taken === 'unknown-account') {
        response.status(200).json({ accepted: false, reason: taken });
        return;
      }
      await remember(intake, event, body);
      response.status(200).json({ accepted: true, duplicate: taken === 'known' });
    },
  );
  return router;
}
