import type { DeskPage } from '../page.ts';

export const casePages: readonly DeskPage[] = [];
