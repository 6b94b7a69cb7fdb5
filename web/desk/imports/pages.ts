import type { DeskPage } from '../page.ts';

export const importPages: readonly DeskPage[] = [];
