import { Router, json } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { upsertAccounts } from '../billing/accounts.ts';
import { parse } from '../http/problem.ts';
import { registerMeters } from '../meters/meters.ts';
import { customerBehaviour, stages } from './behaviour.ts';
import { crewBehaviour } from './crews.ts';
import { behaviourOf, reachStage, setCustomers, stageBody } from './customers.ts';
import type { Customer } from './generate.ts';
import { generateDistrict } from './generate.ts';
import { streetOf } from './street.ts';

const districtBody = z.strictObject({
  seed: z.string().default('huaiyin'),
  accounts: z.int().min(1).max(100_000),
  today: z.iso.date(),
});
const streetBody = z.strictObject({
  today: z.iso.date(),
  dueDaysAgo: z.int().min(0).max(3_650).default(10),
});
const behaviourBody = z.strictObject({
  phone: z.string().nullable().default(null),
  behaviour: customerBehaviour,
});
const stageParams = z.object({ accountNo: z.string(), stage: z.enum(stages) });
const seedQuery = z.object({ seed: z.string().default('huaiyin') });
const customersAtOnce = 2_000;

/** Makes districts and streets, and lets customers act. */
export function districtControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.post('/district', async (request, response) => {
    const plan = parse(districtBody, request.body);
    let bills = 0;
    let batch: Customer[] = [];
    for (const customer of generateDistrict(plan)) {
      bills += customer.account.bills.length;
      batch.push(customer);
      if (batch.length < customersAtOnce) continue;
      await moveIn(sim, batch);
      batch = [];
    }
    if (batch.length > 0) await moveIn(sim, batch);
    response.status(201).json({ accounts: plan.accounts, bills });
  });
  router.post('/street', async (request, response) => {
    const { today, dueDaysAgo } = parse(streetBody, request.body);
    const items = streetOf(today, dueDaysAgo);
    await moveIn(sim, items);
    response.status(201).json({ items });
  });
  router.get('/crews/:ticketId', (request, response) => {
    const { seed } = parse(seedQuery, request.query);
    response.json(crewBehaviour(seed, request.params.ticketId));
  });
  router.get('/customers/:accountNo', async (request, response) => {
    response.json(await behaviourOf(sim.books, request.params.accountNo));
  });
  router.post('/customers/:accountNo', async (request, response) => {
    const { accountNo } = request.params;
    const { phone, behaviour } = parse(behaviourBody, request.body);
    await setCustomers(sim.books, [{ accountNo, phone, behaviour }]);
    response.json(behaviour);
  });
  router.post('/customers/:accountNo/stages/:stage', async (request, response) => {
    const { accountNo, stage } = parse(stageParams, request.params);
    const { occurredAt } = parse(stageBody, request.body ?? {});
    response.json(await reachStage(sim, accountNo, stage, occurredAt ?? sim.clock.nowIso()));
  });
  return router;
}

async function moveIn(sim: SimContext, customers: readonly Customer[]): Promise<void> {
  const accounts = customers.map((customer) => customer.account);
  await upsertAccounts(sim.books, accounts);
  await registerMeters(
    sim.books,
    accounts.map((account) => account.meterNo),
  );
  await setCustomers(
    sim.books,
    customers.map(({ account, behaviour }) => ({
      accountNo: account.accountNo,
      phone: account.phone,
      behaviour,
    })),
  );
}
