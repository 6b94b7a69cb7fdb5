import { printPaper } from '../sheet/print.ts';
import type { StoredNotice } from './notice.ts';
import { firstPaper } from './first.ts';
import { redPaper } from './red.ts';
import { yellowPaper } from './yellow.ts';

const PAPERS = { 'first-dunning': firstPaper, yellow: yellowPaper, red: redPaper } as const;

/** A stored notice as PDF, on the paper of its colour. */
export const printNotice = (stored: StoredNotice): Promise<Buffer> => printPaper(PAPERS[stored.kind](stored));
