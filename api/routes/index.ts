import type { Route } from '../http/route.ts';
import { accountRoutes } from './accounts.ts';
import { alarmRoutes } from './alarms.ts';
import { approvalRoutes } from './approvals.ts';
import { auditRoutes } from './audit.ts';
import { caseRoutes } from './cases.ts';
import { centreRoutes } from './centres.ts';
import { creditRoutes } from './credit/index.ts';
import { creditDowngradeRoutes } from './credit-downgrades.ts';
import { creditObjectionRoutes } from './credit-objections.ts';
import { customerRoutes } from './customers.ts';
import { delegationRoutes } from './delegations.ts';
import { deskRoutes } from './desk.ts';
import { documentRoutes } from './documents.ts';
import { diagnosisRoutes } from './diagnosis.ts';
import { eventRoutes } from './events.ts';
import { evidenceRoutes } from './evidence.ts';
import { holdRoutes } from './holds.ts';
import { importRoutes } from './imports.ts';
import { incidentRoutes } from './incidents.ts';
import { managementRoutes } from './management.ts';
import { meRoutes } from './me.ts';
import { noticeRoutes } from './notices.ts';
import { paperRoutes } from './papers.ts';
import { policyRoutes } from './policies.ts';
import { reconciliationRoutes } from './reconciliations.ts';
import { reportRoutes } from './reports.ts';
import { restorationRoutes } from './restorations.ts';
import { roundRoutes } from './rounds.ts';
import { seniorDecisionRoutes } from './senior-decisions.ts';
import { shieldRoutes } from './shields.ts';
import { stopRoutes } from './stops.ts';
import { taskRoutes } from './tasks.ts';
import { ticketRoutes } from './tickets.ts';
import { webhookSubscriptionRoutes } from './webhook-subscriptions.ts';

/** Every route of the API, as declared. */
export const ROUTES: readonly Route[] = [
  ...meRoutes,
  ...eventRoutes,
  ...accountRoutes,
  ...customerRoutes,
  ...importRoutes,
  ...centreRoutes,
  ...caseRoutes,
  ...seniorDecisionRoutes,
  ...approvalRoutes,
  ...delegationRoutes,
  ...noticeRoutes,
  ...paperRoutes,
  ...ticketRoutes,
  ...stopRoutes,
  ...restorationRoutes,
  ...incidentRoutes,
  ...reportRoutes,
  ...evidenceRoutes,
  ...documentRoutes,
  ...holdRoutes,
  ...shieldRoutes,
  ...deskRoutes,
  ...policyRoutes,
  ...creditRoutes,
  ...auditRoutes,
  ...taskRoutes,
  ...roundRoutes,
  ...managementRoutes,
  ...webhookSubscriptionRoutes,
  ...alarmRoutes,
  ...diagnosisRoutes,
  ...reconciliationRoutes,
  ...creditObjectionRoutes,
  ...creditDowngradeRoutes,
];
