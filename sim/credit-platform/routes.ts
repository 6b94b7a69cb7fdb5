import { Router, json } from 'express';
import type { SimContext } from '../context.ts';
import { faultGate } from '../faults/gate.ts';
import { requireBearer } from '../http/bearer.ts';
import { parse } from '../http/problem.ts';
import {
  findRecord,
  listRecords,
  readRecord,
  recordBody,
  switchVerdicts,
  takeRecord,
  verdictSwitch,
  withdrawalBody,
  withdrawRecord,
} from './records.ts';

/** The public credit platform as Fudian calls it: records of firms in, acknowledgements out. */
export function creditPlatformRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json({ limit: '1mb' }));
  router.use(faultGate(sim.faults, { system: 'credit-platform' }));
  router.use(requireBearer(sim.secrets.creditPlatformToken));
  router.post('/records', async (request, response) => {
    response.status(202).json(await takeRecord(sim, parse(recordBody, request.body)));
  });
  router.get('/records/by-key/:recordKey', async (request, response) => {
    response.json(await findRecord(sim, request.params.recordKey));
  });
  router.get('/records/:platformId', async (request, response) => {
    response.json(await readRecord(sim, request.params.platformId));
  });
  router.post('/records/:platformId/withdrawal', async (request, response) => {
    const why = parse(withdrawalBody, request.body);
    response.json(await withdrawRecord(sim, request.params.platformId, why));
  });
  return router;
}

/** What the platform makes of records, and what it has. */
export function creditPlatformControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.get('/records', async (_request, response) => {
    response.json({ items: await listRecords(sim) });
  });
  router.post('/verdicts', async (request, response) => {
    const value = parse(verdictSwitch, request.body);
    await switchVerdicts(sim, value);
    response.json(value);
  });
  return router;
}
