import { LEADERS, type StaffRole } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

const SEE: readonly StaffRole[] = ['operator', 'auditor', ...LEADERS];

export const operationsPages: readonly DeskPage[] = [
  {
    path: '/operations',
    title: 'page.operations',
    group: 'operations',
    roles: SEE,
    homeOf: ['operator'],
    load: () => import('./operations.tsx'),
  },
  {
    path: '/reconciliations',
    title: 'page.reconciliations',
    group: 'operations',
    roles: SEE,
    load: () => import('./reconciliations.tsx'),
  },
  {
    path: '/reconciliations/:reconciliationId',
    title: 'page.reconciliation',
    roles: SEE,
    load: () => import('./reconciliation-page.tsx'),
  },
  {
    path: '/webhooks',
    title: 'page.webhooks',
    group: 'operations',
    roles: ['operator', 'auditor'],
    load: () => import('./webhooks.tsx'),
  },
  {
    path: '/calendar',
    title: 'page.calendar',
    group: 'operations',
    roles: ['operator', 'marketing-manager', 'company-head', 'auditor'],
    load: () => import('./calendar.tsx'),
  },
];
