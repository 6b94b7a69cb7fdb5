import { z } from 'zod';
import { countCases, countCentres } from '../../db/reads/management/count-cases.ts';
import { countReaders } from '../../db/reads/management/count-readers.ts';
import { countRecovered } from '../../db/reads/management/count-recovered.ts';
import { countRestorations } from '../../db/reads/management/count-restorations.ts';
import { sharedAnswer } from '../management/shared-answer.ts';
import { LEADERS, type Role } from '../http/caller.ts';
import { route } from '../http/route.ts';
import { id } from '../schemas.ts';
import {
  managementCases,
  managementReaders,
  managementRecovered,
  managementRestorations,
} from '../shapes/management.ts';

const tag = 'management';
/** Who answers for a centre or for several; row-level security shows each their own. */
const MANAGERS: readonly Role[] = [...LEADERS, 'centre', 'auditor'];
const MOST_READERS = 300;

const centre = z.object({ centreId: id.optional() });
const window = centre.extend({ days: z.coerce.number().int().min(7).max(90).default(30) });

const casesRoute = route({
  method: 'get',
  path: '/management/cases',
  operationId: 'countCases',
  summary: {
    zh: '各中心、各环节的在办案件，待批、停电、复电',
    en: 'Open cases by centre and stage; approvals, stops and restorations that stand',
  },
  tag,
  roles: MANAGERS,
  query: centre,
  answer: managementCases,
  handle: (context, { query: { centreId = null } }) =>
    sharedAnswer(context, `cases ${centreId}`, async (tx) => ({
      stages: await countCases(tx, centreId),
      centres: await countCentres(tx, centreId),
    })),
});

const recoveredRoute = route({
  method: 'get',
  path: '/management/recovered',
  operationId: 'countRecovered',
  summary: { zh: '每日收回欠费', en: 'Money that came in for cases, day by day' },
  tag,
  roles: MANAGERS,
  query: window,
  answer: managementRecovered,
  handle: (context, { query: { centreId = null, days } }) =>
    sharedAnswer(context, `recovered ${days} ${centreId}`, async (tx) => ({
      days: await countRecovered(tx, { days, centreId }),
    })),
});

const restorationsRoute = route({
  method: 'get',
  path: '/management/restorations',
  operationId: 'countRestorations',
  summary: { zh: '复电用时（24 小时时限）', en: 'How long restorations took, against 24 hours (T3.3)' },
  tag,
  roles: MANAGERS,
  query: window,
  answer: managementRestorations,
  handle: (context, { query: { centreId = null, days } }) =>
    sharedAnswer(context, `restorations ${days} ${centreId}`, async (tx) => ({
      hours: await countRestorations(tx, { days, centreId }),
    })),
});

const readersRoute = route({
  method: 'get',
  path: '/management/readers',
  operationId: 'countReaders',
  summary: {
    zh: '各抄表员的在办案件和待办',
    en: 'Cases and open work of each reader; the 300 with most cases',
  },
  tag,
  roles: MANAGERS,
  query: centre,
  answer: managementReaders,
  handle: (context, { query: { centreId = null } }) =>
    sharedAnswer(context, `readers ${centreId}`, async (tx) => ({
      readers: await countReaders(tx, { centreId, limit: MOST_READERS }),
    })),
});

export const managementRoutes = [casesRoute, recoveredRoute, restorationsRoute, readersRoute];
