import { LEADERS, SIGNERS } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

export const approvalPages: readonly DeskPage[] = [
  {
    path: '/approvals',
    title: 'page.approvals',
    group: 'approval',
    roles: [...LEADERS, 'auditor'],
    load: () => import('./approval-list.tsx'),
  },
  {
    path: '/approvals/:approvalId',
    title: 'page.approval',
    roles: [...LEADERS, 'auditor'],
    load: () => import('./approval-page.tsx'),
  },
  {
    path: '/delegations',
    title: 'page.delegations',
    group: 'approval',
    roles: SIGNERS,
    load: () => import('./delegations.tsx'),
  },
];
