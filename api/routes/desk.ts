import { z } from 'zod';
import { listCalendarYears } from '../../db/reads/list-calendar-years.ts';
import { listCapacity } from '../../db/reads/list-capacity.ts';
import { listWeather } from '../../db/reads/list-weather.ts';
import { setCalendarYear } from '../../intake/desk/set-calendar-year.ts';
import { setCapacity } from '../../intake/desk/set-capacity.ts';
import { setWeather } from '../../intake/desk/set-weather.ts';
import { DESK } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { route } from '../http/route.ts';
import { requireCentre, requireRegion } from '../reach.ts';
import { ACCEPTED, accepted, civilDate, id, pageOf, paging } from '../schemas.ts';
import { calendarYearItem } from '../shapes/operations.ts';

const tag = 'desk';
const count = z.int().min(0).max(10_000);
const days = z.array(civilDate).max(200);

const setCapacityRoute = route({
  method: 'post',
  path: '/capacity',
  operationId: 'setCapacity',
  summary: {
    zh: '登记某日作业能力',
    en: 'How many stops and restorations the crews of a centre can do on a day',
  },
  tag,
  roles: ['centre', 'team-leader', 'station-head'],
  body: z.object({ centreId: id, day: civilDate, stopLimit: count, restoreLimit: count }),
  answer: accepted,
  handle: async (context, { body }) => {
    await setCapacity(context.intake, { ...body, by: context.caller.personId });
    return ACCEPTED;
  },
});

const capacityRoute = route({
  method: 'get',
  path: '/capacity',
  operationId: 'listCapacity',
  summary: { zh: '作业能力与预留', en: 'Capacity of a centre day by day, and what is reserved of it' },
  tag,
  roles: [...DESK, 'crew'],
  query: paging.extend({ centreId: id, from: civilDate, to: civilDate }),
  answer: pageOf(
    z.object({
      centreId: z.string(),
      day: z.string(),
      stopLimit: z.int(),
      restoreLimit: z.int(),
      stopsReserved: z.int(),
      restoresReserved: z.int(),
    }),
  ),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      await requireCentre(tx, query.centreId);
      const { centreId, from, to } = query;
      const after = readCursor(query.cursor, 1);
      const rows = await listCapacity(tx, { centreId, from, to, after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.day]);
    }),
});

const setWeatherRoute = route({
  method: 'post',
  path: '/weather-warnings',
  operationId: 'setWeather',
  summary: {
    zh: '登记天气预警，橙色红色即撤回作业',
    en: 'A weather warning for a region and day; orange and red recall crews at once (L10)',
  },
  tag,
  roles: ['centre', 'team-leader', 'station-head', 'marketing-manager', 'company-head'],
  body: z.object({
    region: z.string().trim().min(1).max(100),
    day: civilDate,
    level: z.enum(['none', 'blue', 'yellow', 'orange', 'red']),
    source: z.string().trim().min(1).max(200),
  }),
  answer: z.object({ recalled: z.int(), reached: z.int() }),
  handle: async (context, { body }) => {
    await context.read((tx) => requireRegion(tx, body.region));
    return setWeather(context.intake, { ...body, by: context.caller.personId });
  },
});

const weatherRoute = route({
  method: 'get',
  path: '/weather-warnings',
  operationId: 'listWeather',
  summary: { zh: '天气预警', en: 'Weather warnings from a day on' },
  tag,
  roles: [...DESK, 'crew'],
  query: paging.extend({ from: civilDate }),
  answer: pageOf(
    z.object({
      region: z.string(),
      day: z.string(),
      level: z.string(),
      source: z.string(),
      recordedAt: z.string(),
    }),
  ),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 2);
      const rows = await listWeather(tx, { from: query.from, after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.day, row.region]);
    }),
});

const setYearRoute = route({
  method: 'post',
  path: '/calendar-years',
  operationId: 'setCalendarYear',
  summary: { zh: '登记国务院公布的放假调休', en: 'A published year of days off and of weekends worked' },
  tag,
  roles: ['marketing-manager', 'company-head', 'operator'],
  body: z.object({
    year: z.int().min(2000).max(2100),
    source: z.string().trim().min(1).max(300).meta({ description: 'the document that publishes it' }),
    offDays: days,
    workdays: days,
  }),
  answer: accepted,
  status: 201,
  handle: async (context, { body }) => {
    await setCalendarYear(context.intake, { ...body, by: context.caller.personId });
    return ACCEPTED;
  },
});

const yearsRoute = route({
  method: 'get',
  path: '/calendar-years',
  operationId: 'listCalendarYears',
  summary: {
    zh: '已公布的日历',
    en: 'Published years; a year that is missing here is undetermined, never guessed',
  },
  tag,
  roles: [...DESK, 'operator'],
  query: paging,
  answer: pageOf(calendarYearItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const rows = await listCalendarYears(tx, {
        after: readCursor(query.cursor, 1),
        limit: query.limit + 1,
      });
      return page(rows, query.limit, (row) => [String(row.year)]);
    }),
});

export const deskRoutes = [
  setCapacityRoute,
  capacityRoute,
  setWeatherRoute,
  weatherRoute,
  setYearRoute,
  yearsRoute,
];
