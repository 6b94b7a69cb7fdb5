import { Router, json } from 'express';
import { HttpProblem, parse } from '../http/problem.ts';
import { faultSpec } from './fault.ts';
import type { Faults } from './faults.ts';

/** POST / switches a fault on, GET / lists them, DELETE / and DELETE /{id} end them. */
export function faultRoutes(faults: Faults): Router {
  const router = Router();
  router.use(json());
  router.get('/', (_request, response) => {
    response.json({ items: faults.list() });
  });
  router.post('/', async (request, response) => {
    response.status(201).json(await faults.add(parse(faultSpec, request.body)));
  });
  router.delete('/', async (_request, response) => {
    response.json({ ended: await faults.remove() });
  });
  router.delete('/:id', async (request, response) => {
    const ended = await faults.remove(Number(request.params.id));
    if (ended === 0) throw new HttpProblem(404, 'unknown-fault', `There is no fault ${request.params.id}.`);
    response.json({ ended });
  });
  return router;
}
