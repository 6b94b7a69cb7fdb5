import { LEADERS, type StaffRole } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

const WATCHERS: readonly StaffRole[] = [...LEADERS, 'credit-officer', 'auditor'];

export const creditPages: readonly DeskPage[] = [
  {
    path: '/credit/matters',
    title: 'page.credit-matters',
    group: 'credit',
    roles: WATCHERS,
    load: () => import('./matters.tsx'),
  },
  {
    path: '/credit/runs',
    title: 'page.credit-runs',
    group: 'credit',
    roles: [...WATCHERS, 'operator'],
    load: () => import('./runs.tsx'),
  },
  {
    path: '/credit/runs/:runId',
    title: 'page.credit-run',
    roles: [...WATCHERS, 'operator'],
    load: () => import('./run-page.tsx'),
  },
  {
    path: '/credit/files',
    title: 'page.credit-files',
    group: 'credit',
    roles: [...WATCHERS, 'clerk-95598', 'centre'],
    load: () => import('./find-file.tsx'),
  },
  {
    path: '/credit/files/:accountNo',
    title: 'page.credit-file',
    roles: [...WATCHERS, 'clerk-95598', 'centre'],
    load: () => import('./file-page.tsx'),
  },
];
