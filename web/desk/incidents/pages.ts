import { LEADERS, type StaffRole } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

const SEE: readonly StaffRole[] = [...LEADERS, 'auditor'];

export const incidentPages: readonly DeskPage[] = [
  {
    path: '/incidents',
    title: 'page.incidents',
    group: 'work',
    roles: SEE,
    load: () => import('./incident-list.tsx'),
  },
  {
    path: '/incidents/:incidentId',
    title: 'page.incident',
    roles: SEE,
    load: () => import('./incident-page.tsx'),
  },
];
