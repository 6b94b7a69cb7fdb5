import { Router, json } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { parse } from '../http/problem.ts';
import { listPeople, person, removePerson, upsertPeople } from './people.ts';

const peopleBody = z.strictObject({ people: z.array(person).min(1) });

/** GET / lists everybody who may sign in, POST / makes people known, DELETE /{id} takes one away. */
export function peopleControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.get('/', async (_request, response) => {
    response.json({ items: await listPeople(sim.books) });
  });
  router.post('/', async (request, response) => {
    const { people } = parse(peopleBody, request.body);
    await upsertPeople(sim.books, people);
    response.status(201).json({ people: people.length });
  });
  router.delete('/:personId', async (request, response) => {
    await removePerson(sim.books, request.params.personId);
    response.status(204).end();
  });
  return router;
}
