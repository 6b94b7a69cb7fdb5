import type { PhonePage } from '../page.ts';

const roles = ['reader', 'centre', 'team-leader'] as const;

/** The reader's round: the list of today, and one stop of it. */
export const ROUND_PAGES: readonly PhonePage[] = [
  {
    path: '/round',
    title: { zh: '今日送达', en: "Today's round" },
    isEntry: true,
    roles,
    load: () => import('./round-page.tsx'),
  },
  {
    path: '/round/:taskId',
    title: { zh: '送达', en: 'Serve' },
    isEntry: false,
    roles,
    load: () => import('./task-page.tsx'),
  },
];
