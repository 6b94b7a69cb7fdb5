import { DESK } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

export const shieldPages: readonly DeskPage[] = [
  {
    path: '/shields',
    title: 'page.shields',
    group: 'work',
    roles: [...DESK, 'operator'],
    load: () => import('./shields.tsx'),
  },
];
