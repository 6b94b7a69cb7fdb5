import { Router, json } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { faultGate } from '../faults/gate.ts';
import { requireBearer } from '../http/bearer.ts';
import { parse } from '../http/problem.ts';
import { meterCommand, readCommand, takeCommand, workQueue } from './commands.ts';
import { meterState, operateMeter, readMeter, setMeter } from './meters.ts';

const operateBody = z.strictObject({ relay: z.enum(['open', 'closed']) });

/** The remote switch of fee-control meters (费控表) as Fudian calls it. */
export function meterRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.use(
    faultGate(sim.faults, {
      system: 'meter',
      subjectOf: (request) => ({ meterNo: /\/meters\/([^/]+)/.exec(request.path)?.[1] }),
    }),
  );
  router.use(requireBearer(sim.secrets.meterToken));
  router.post('/meters/:meterNo/commands', async (request, response) => {
    const command = parse(meterCommand, request.body);
    response.status(202).json(await takeCommand(sim, request.params.meterNo, command));
  });
  router.get('/meters/:meterNo/commands/:commandId', async (request, response) => {
    const { meterNo, commandId } = request.params;
    response.json({ status: await readCommand(sim, meterNo, commandId) });
  });
  router.get('/meters/:meterNo', async (request, response) => {
    response.json(await readMeter(sim, request.params.meterNo));
  });
  return router;
}

/** POST /{meterNo} sets how a meter stands and behaves; POST /{meterNo}/operate is a crew's hand on site. */
export function meterControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.post('/:meterNo', async (request, response) => {
    const { meterNo } = request.params;
    const reading = await setMeter(sim, meterNo, parse(meterState, request.body));
    // A meter that comes back finds what waited for it.
    await workQueue(sim, meterNo);
    response.json(reading);
  });
  router.post('/:meterNo/operate', async (request, response) => {
    const { relay } = parse(operateBody, request.body);
    response.json(await operateMeter(sim, request.params.meterNo, relay));
  });
  return router;
}
