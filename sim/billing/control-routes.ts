import { Router, json } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { parse } from '../http/problem.ts';
import { registerMeters } from '../meters/meters.ts';
import { districtAccount, fillAccount } from './account.ts';
import { readAccountNow, setDisputed, upsertAccounts } from './accounts.ts';
import { payBody, payNow, postNow, reverseNow, webhookBody } from './money.ts';

const accountsBody = z.strictObject({ accounts: z.array(districtAccount).min(1) });
const disputeBody = z.strictObject({ disputed: z.boolean() });

/** What happens in billing's world: accounts and bills arise, money comes, is late in posting, is taken back. */
export function billingControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json({ limit: '128mb' }));
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
    await setDisputed(sim.books, { billId }, disputed);
    response.json({ billId, disputed });
  });
  router.post('/payments', async (request, response) => {
    response.status(201).json(await payNow(sim, parse(payBody, request.body)));
  });
  router.post('/payments/:paymentId/post', async (request, response) => {
    const { webhook } = parse(webhookBody, request.body ?? {});
    response.json(await postNow(sim, request.params.paymentId, webhook));
  });
  router.post('/payments/:paymentId/reverse', async (request, response) => {
    const { webhook } = parse(webhookBody, request.body ?? {});
    response.json(await reverseNow(sim, request.params.paymentId, webhook));
  });
  return router;
}
