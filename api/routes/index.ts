import type { Route } from '../http/route.ts';
import { accountRoutes } from './accounts.ts';
import { approvalRoutes } from './approvals.ts';
import { caseRoutes } from './cases.ts';
import { noticeRoutes } from './notices.ts';
import { restorationRoutes } from './restorations.ts';
import { taskRoutes } from './tasks.ts';
import { ticketRoutes } from './tickets.ts';

/** Every route of the API, as declared. */
export const ROUTES: readonly Route[] = [
  ...accountRoutes,
  ...caseRoutes,
  ...approvalRoutes,
  ...noticeRoutes,
  ...ticketRoutes,
  ...restorationRoutes,
  ...taskRoutes,
];
