import type { DeskPage } from '../page.ts';

export const approvalPages: readonly DeskPage[] = [];
