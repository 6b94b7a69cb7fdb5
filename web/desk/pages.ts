import { approvalPages } from './approvals/pages.ts';
import { casePages } from './cases/pages.ts';
import { creditPages } from './credit/pages.ts';
import { incidentPages } from './incidents/pages.ts';
import { importPages } from './imports/pages.ts';
import { managementPages } from './management/pages.ts';
import { operationsPages } from './operations/pages.ts';
import type { DeskPage } from './page.ts';
import { reportPages } from './reports/pages.ts';
import { servicePages } from './service/pages.ts';
import { shieldPages } from './shields/pages.ts';
import { workPages } from './work/pages.ts';

/** Every page of the desk; the first that a person's roles may open is where they land. */
export const PAGES: readonly DeskPage[] = [
  ...workPages,
  ...approvalPages,
  ...casePages,
  ...incidentPages,
  ...shieldPages,
  ...reportPages,
  ...importPages,
  ...creditPages,
  ...servicePages,
  ...managementPages,
  ...operationsPages,
];
