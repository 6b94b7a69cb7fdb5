import { CREW_PAGES } from './crew/pages.ts';
import type { PhonePage } from './page.ts';
import { ROUND_PAGES } from './round/pages.ts';
import { SENT_PAGES } from './sent/pages.ts';

/** Every page of the phones; somebody with one entry page lands on it, with several chooses. */
export const PAGES: readonly PhonePage[] = [...ROUND_PAGES, ...CREW_PAGES, ...SENT_PAGES];
