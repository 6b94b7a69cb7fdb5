import { DESK, type StaffRole } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

const WORKERS: readonly StaffRole[] = DESK.filter((role) => role !== 'auditor');

export const workPages: readonly DeskPage[] = [
  {
    path: '/today',
    title: 'page.today',
    group: 'work',
    roles: WORKERS,
    load: () => import('./today.tsx'),
  },
];
