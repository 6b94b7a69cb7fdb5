import { z } from 'zod';
import { listReports } from '../../db/reads/list-reports.ts';
import { acknowledgeReport } from '../../intake/reports/acknowledge-report.ts';
import { mayAcknowledge } from '../../intake/reports/may-acknowledge.ts';
import { LEADERS } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { notFound } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { ACCEPTED, accepted, id, pageOf, paging } from '../schemas.ts';
import { reportItem } from '../shapes/report.ts';

const tag = 'reports';

const listRoute = route({
  method: 'get',
  path: '/reports',
  operationId: 'listReports',
  summary: { zh: '上报事项', en: 'Reports upward that wait to be acknowledged' },
  tag,
  roles: [...LEADERS, 'auditor'],
  query: paging.extend({ state: z.enum(['waiting', 'acknowledged']).default('waiting') }),
  answer: pageOf(reportItem),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const after = readCursor(query.cursor, 3);
      const waiting = query.state === 'waiting';
      const rows = await listReports(tx, { waiting, after, limit: query.limit + 1 });
      const { items, next } = page(rows, query.limit, (row) => [row.since, row.subject, row.subjectId]);
      return {
        items: items.map((report) => ({
          ...report,
          mayAcknowledge:
            report.acknowledgedAt === null && mayAcknowledge(context.caller.roles, report.toRoles),
        })),
        next,
      };
    }),
});

const acknowledgeRoute = route({
  method: 'post',
  path: '/reports/:reportId/acknowledgements',
  operationId: 'acknowledgeReport',
  summary: { zh: '确认已阅，停止上报', en: 'Say that it was seen: it climbs no further' },
  tag,
  roles: LEADERS,
  params: z.object({ reportId: id.meta({ description: 'subject, slash, subject id' }) }),
  answer: accepted,
  handle: async (context, { params }) => {
    const cut = params.reportId.indexOf('/');
    if (cut < 1) throw notFound('report');
    await acknowledgeReport(context.intake, {
      subject: params.reportId.slice(0, cut),
      subjectId: params.reportId.slice(cut + 1),
      by: context.caller.personId,
      roles: context.caller.roles,
    });
    return ACCEPTED;
  },
});

export const reportRoutes = [listRoute, acknowledgeRoute];
