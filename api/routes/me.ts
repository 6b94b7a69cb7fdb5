import { z } from 'zod';
import { centreNames, keepPerson, listPeople } from '../../db/people/people.ts';
import { ROLES, STAFF } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { route } from '../http/route.ts';
import { pageOf, paging } from '../schemas.ts';
import { me, personItem } from '../shapes/me.ts';

const tag = 'people';

const meRoute = route({
  method: 'get',
  path: '/me',
  operationId: 'getMe',
  summary: { zh: '我是谁、能看哪些中心', en: 'Who I am, and which centres I may see' },
  tag,
  roles: STAFF,
  answer: me,
  handle: async ({ caller, deps, scope }) => {
    const name = caller.name ?? caller.personId;
    const { personId, roles } = caller;
    return deps.db.tx(scope, async (tx) => {
      await keepPerson(tx, scope.companyId, {
        ...{ personId, name },
        roles: [...roles],
        centreIds: scope.centreIds,
      });
      return {
        ...{ personId, name, companyId: scope.companyId },
        roles: [...roles],
        isWholeCompany: scope.centreIds === '*',
        centres: await centreNames(tx),
      };
    });
  },
});

const peopleRoute = route({
  method: 'get',
  path: '/people',
  operationId: 'listPeople',
  summary: { zh: '本中心人员', en: 'Colleagues of your centres who have signed in' },
  tag,
  roles: STAFF,
  query: paging.extend({ role: z.enum(ROLES).optional() }),
  answer: pageOf(personItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 1)?.[0];
      const rows = await listPeople(tx, { role: query.role, after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.personId]);
    }),
});

export const meRoutes = [meRoute, peopleRoute];
