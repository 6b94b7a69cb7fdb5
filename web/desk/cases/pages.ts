import { DESK } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

export const casePages: readonly DeskPage[] = [
  {
    path: '/cases',
    title: 'page.cases',
    group: 'work',
    roles: DESK,
    load: () => import('./case-list.tsx'),
  },
  {
    path: '/cases/:caseId',
    title: 'page.case',
    roles: [...DESK, 'operator'],
    load: () => import('./case-page.tsx'),
  },
  {
    path: '/launch',
    title: 'page.launch',
    group: 'work',
    roles: ['centre', 'team-leader', 'reader'],
    load: () => import('./launch.tsx'),
  },
  {
    path: '/accounts/:accountNo',
    title: 'page.account',
    roles: DESK,
    load: () => import('../accounts/account-page.tsx'),
  },
];
