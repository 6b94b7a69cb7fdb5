import { DESK } from '../../shared/roles.ts';
import type { DeskPage } from '../page.ts';

export const servicePages: readonly DeskPage[] = [
  {
    path: '/service',
    title: 'page.service',
    group: 'customer',
    roles: DESK,
    homeOf: ['clerk-95598'],
    load: () => import('./find-customer.tsx'),
  },
  {
    path: '/service/:accountNo',
    title: 'page.customer',
    roles: DESK,
    load: () => import('./customer-page.tsx'),
  },
];
