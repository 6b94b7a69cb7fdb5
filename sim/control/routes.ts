import { Router, json } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { billingControlRoutes } from '../billing/control-routes.ts';
import { carrierControlRoutes } from '../carrier/control-routes.ts';
import { creditPlatformControlRoutes } from '../credit-platform/routes.ts';
import { districtControlRoutes } from '../district/routes.ts';
import { faultRoutes } from '../faults/routes.ts';
import { fieldWorkControlRoutes } from '../field-work/routes.ts';
import { governmentControlRoutes } from '../government/routes.ts';
import { parse } from '../http/problem.ts';
import { peopleControlRoutes } from '../identity/routes.ts';
import { mailControlRoutes } from '../mail/control-routes.ts';
import { meterControlRoutes } from '../meters/routes.ts';
import { wechatControlRoutes } from '../wechat/official-account.ts';
import { readJournal } from './journal.ts';

const clockBody = z.strictObject({ offsetMs: z.int() });
const publicUrlBody = z.strictObject({ publicUrl: z.url() });

/** Everything below /control: what happens in the district, what breaks, and what its books say. */
export function controlRoutes(
  sim: SimContext,
  acts: { setPublicUrl: (url: string) => Promise<void>; reset: () => Promise<void> },
): Router {
  const router = Router();
  router.use('/faults', faultRoutes(sim.faults));
  router.use('/people', peopleControlRoutes(sim));
  router.use('/billing', billingControlRoutes(sim));
  router.use('/carrier', carrierControlRoutes(sim));
  router.use('/mail', mailControlRoutes(sim));
  router.use('/wechat', wechatControlRoutes(sim));
  router.use('/field-work', fieldWorkControlRoutes(sim));
  router.use('/meters', meterControlRoutes(sim));
  router.use('/government', governmentControlRoutes(sim));
  router.use('/credit-platform', creditPlatformControlRoutes(sim));
  router.get('/books', async (_request, response) => {
    response.json(await readJournal(sim));
  });
  router.get('/agenda', async (_request, response) => {
    response.json({ waiting: await sim.agenda.waiting() });
  });
  router.get('/clock', (_request, response) => {
    response.json({ now: sim.clock.nowIso(), offsetMs: sim.clock.offsetMs() });
  });
  router.post('/clock', json(), async (request, response) => {
    await sim.clock.setOffsetMs(parse(clockBody, request.body).offsetMs);
    response.json({ now: sim.clock.nowIso(), offsetMs: sim.clock.offsetMs() });
  });
  router.post('/public-url', json(), async (request, response) => {
    await acts.setPublicUrl(parse(publicUrlBody, request.body).publicUrl);
    response.json({ publicUrl: sim.publicUrl() });
  });
  router.post('/reset', async (_request, response) => {
    await acts.reset();
    response.status(204).end();
  });
  router.use(districtControlRoutes(sim));
  return router;
}
