import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, json } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { faultGate } from '../faults/gate.ts';
import { requireBearer } from '../http/bearer.ts';
import { parse } from '../http/problem.ts';
import { readAccountNow } from './accounts.ts';
import { arrearsEncodings, arrearsFile } from './arrears-file.ts';
import { paymentOrder, placeOrder } from './payment-orders.ts';
import { listPayments } from './payments.ts';

const pageQuery = z.object({
  cursor: z.string().default(''),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const fileQuery = z.object({ encoding: z.enum(arrearsEncodings).default('utf-8') });

/** The billing system as Fudian calls it: an account now, the feed of payments, payment orders, the arrears file. */
export function billingRoutes(sim: SimContext, origin: string): Router {
  const router = Router();
  router.use(json());
  router.use(
    faultGate(sim.faults, {
      system: 'billing',
      subjectOf: (request) => ({ accountNo: /\/accounts\/([^/]+)/.exec(request.path)?.[1] }),
    }),
  );
  router.use(requireBearer(sim.secrets.billingToken));
  router.post('/payment-orders', async (request, response) => {
    const payUrl = await placeOrder(sim.books, parse(paymentOrder, request.body), origin);
    response.status(201).json({ payUrl });
  });
  router.get('/accounts/:accountNo/now', async (request, response) => {
    response.json(await readAccountNow(sim.books, sim.clock, request.params.accountNo));
  });
  router.get('/payments', async (request, response) => {
    const { cursor, limit } = parse(pageQuery, request.query);
    response.json(await listPayments(sim.books, cursor, limit));
  });
  router.get('/export/arrears.csv', async (request, response) => {
    const { encoding } = parse(fileQuery, request.query);
    const charset = encoding === 'gb18030' ? 'gb18030' : 'utf-8';
    response.set('content-type', `text/csv; charset=${charset}`);
    await pipeline(Readable.from(arrearsFile(sim.books, encoding), { objectMode: false }), response);
  });
  return router;
}
