import type { PhonePage } from '../page.ts';

/** What this device holds, for everybody who works with one. */
export const SENT_PAGES: readonly PhonePage[] = [
  {
    path: '/device',
    title: { zh: '本机记录', en: 'On this device' },
    isEntry: false,
    roles: ['reader', 'centre', 'team-leader', 'crew'],
    load: () => import('./sent-page.tsx'),
  },
];
