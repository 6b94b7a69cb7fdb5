import { Router, json } from 'express';
import type { SimContext } from '../context.ts';
import { faultGate } from '../faults/gate.ts';
import { requireBearer } from '../http/bearer.ts';
import { parse } from '../http/problem.ts';
import {
  listPapers,
  paperBody,
  readReceipt,
  receiptSwitch,
  signPaper,
  signature,
  switchReceipts,
  takePaper,
} from './papers.ts';

/** The power administration as Fudian calls it: papers in, receipts out. */
export function governmentRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json({ limit: '1mb' }));
  router.use(faultGate(sim.faults, { system: 'government' }));
  router.use(requireBearer(sim.secrets.governmentToken));
  router.post('/papers', async (request, response) => {
    response.status(202).json(await takePaper(sim, parse(paperBody, request.body)));
  });
  router.get('/papers/:paperKey/receipt', async (request, response) => {
    response.json(await readReceipt(sim, request.params.paperKey));
  });
  return router;
}

/** Whether and when the authority signs, and what it has. */
export function governmentControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.get('/papers', async (_request, response) => {
    response.json({ items: await listPapers(sim) });
  });
  router.post('/receipts', async (request, response) => {
    const value = parse(receiptSwitch, request.body);
    await switchReceipts(sim, value);
    response.json(value);
  });
  router.post('/papers/:paperKey/sign', async (request, response) => {
    await signPaper(sim, request.params.paperKey, parse(signature, request.body ?? {}));
    response.json(await readReceipt(sim, request.params.paperKey));
  });
  return router;
}
