import { LEADERS } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

export const reportPages: readonly DeskPage[] = [
  {
    path: '/reports',
    title: 'page.reports',
    group: 'work',
    roles: [...LEADERS, 'centre', 'auditor'],
    load: () => import('./reports-page.tsx'),
  },
];
