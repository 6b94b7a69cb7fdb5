import type { RestorationOwnActivities } from '../contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { beginRestoration } from './begin-restoration.ts';
import { escalateRestoration, raiseReportRung } from './escalate.ts';
import { isRestored, recordMiss } from './tell.ts';

/** The acts of a restoration and of reports upward on our own database. */
export const restorationActs = (deps: ActivityDeps): RestorationOwnActivities => ({
  beginRestoration: beginRestoration(deps),
  isRestored: isRestored(deps),
  escalateRestoration: escalateRestoration(deps),
  recordMiss: recordMiss(deps),
  raiseReportRung: raiseReportRung(deps),
});
