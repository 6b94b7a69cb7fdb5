import { LEADERS, type StaffRole } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

const MANAGERS: readonly StaffRole[] = [...LEADERS, 'centre', 'auditor'];

export const managementPages: readonly DeskPage[] = [
  {
    path: '/management',
    title: 'page.management',
    group: 'management',
    roles: MANAGERS,
    load: () => import('./management.tsx'),
  },
  {
    path: '/management/late',
    title: 'page.late',
    roles: MANAGERS,
    load: () => import('./late-restorations.tsx'),
  },
];
