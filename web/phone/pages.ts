import type { PhonePage } from './page.ts';

/** Every page of the phones; somebody with one entry page lands on it, with several chooses. */
export const PAGES: readonly PhonePage[] = [];
