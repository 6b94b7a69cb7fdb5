import type { StaffRole } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

const SEE: readonly StaffRole[] = ['reader', 'centre', 'team-leader', 'station-head', 'auditor'];

export const importPages: readonly DeskPage[] = [
  { path: '/imports', title: 'page.import', group: 'work', roles: SEE, load: () => import('./imports.tsx') },
  {
    path: '/imports/:importId',
    title: 'page.import-one',
    roles: SEE,
    load: () => import('./import-result.tsx'),
  },
];
