import { Router, json } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { HttpProblem, parse } from '../http/problem.ts';
import { registerMeters } from '../meters/meters.ts';
import { districtAccount, fillAccount } from './account.ts';
import { readAccountNow, upsertAccounts } from './accounts.ts';
import type { RecordedPayment } from './payments.ts';
import { paymentInput, postInFlight, postPayment, reversePayment, takeInFlight } from './payments.ts';
import { announce } from './webhook.ts';

const accountsBody = z.strictObject({ accounts: z.array(districtAccount).min(1) });
const disputeBody = z.strictObject({ disputed: z.boolean() });

/** What happens in billing's world: accounts and bills arise, money comes, is late in posting, is taken back. */
export function billingControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json({ limit: '128mb' }));
  const tell = (recorded: RecordedPayment): Promise<void> =>
    announce(sim.webhooks, sim.publicUrl(), recorded);

  router.post('/accounts', async (request, response) => {
    const accounts = parse(accountsBody, request.body).accounts.map(fillAccount);
    await upsertAccounts(sim.books, accounts);
    await registerMeters(
      sim.books,
      accounts.map((account) => account.meterNo),
    );
    response.status(201).json({ accounts: accounts.length });
  });
  router.get('/accounts/:accountNo/now', async (request, response) => {
    response.json(await readAccountNow(sim.books, sim.clock, request.params.accountNo));
  });
  router.post('/bills/:billId', async (request, response) => {
    const { disputed } = parse(disputeBody, request.body);
    const { billId } = request.params;
    const found = await sim.books.rows('update bill set disputed = $2 where bill_id = $1 returning bill_id', [
      billId,
      disputed,
    ]);
    if (found.length === 0) throw new HttpProblem(404, 'unknown-bill', `There is no bill ${billId}.`);
    response.json({ billId, disputed });
  });
  router.post('/payments', async (request, response) => {
    const recorded = await postPayment(sim.books, parse(paymentInput, request.body));
    await tell(recorded);
    response.status(recorded.seq === undefined ? 200 : 201).json(recorded.payment);
  });
  router.post('/payments/in-flight', async (request, response) => {
    response.status(201).json(await takeInFlight(sim.books, parse(paymentInput, request.body)));
  });
  router.post('/payments/:paymentId/post', async (request, response) => {
    const recorded = await postInFlight(sim.books, request.params.paymentId);
    await tell(recorded);
    response.json(recorded.payment);
  });
  router.post('/payments/:paymentId/reverse', async (request, response) => {
    const recorded = await reversePayment(sim.books, request.params.paymentId);
    await tell(recorded);
    response.json(recorded.payment);
  });
  return router;
}
