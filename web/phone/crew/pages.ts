import type { PhonePage } from '../page.ts';

const roles = ['crew'] as const;

/** The crew's day: its tickets, and one of them. */
export const CREW_PAGES: readonly PhonePage[] = [
  {
    path: '/crew',
    title: { zh: '今日工作票', en: "Today's tickets" },
    isEntry: true,
    roles,
    load: () => import('./crew-page.tsx'),
  },
  {
    path: '/crew/:ticketId',
    title: { zh: '工作票', en: 'Ticket' },
    isEntry: false,
    roles,
    load: () => import('./ticket-page.tsx'),
  },
];
