import type { RestorationMoment, RestorationOwnActivities } from '../contract.ts';
import { act, type ActivityDeps } from '../deps.ts';
import { beginRestoration } from './begin-restoration.ts';
import { escalateRestoration, raiseReportRung } from './escalate.ts';
import { prepareRestoredMessage, prepareSafetyCall, recordMiss } from './tell.ts';

/** Whether proof of supply is stored. */
const isRestored =
  (deps: ActivityDeps) =>
  (at: RestorationMoment): Promise<boolean> =>
    act(deps, at, async (tx) => {
      const stop = await tx.row<{ in_force: boolean }>('select in_force from stops where stop_id = $1', [
        at.stopId,
      ]);
      if (stop === undefined) throw new Error(`stop ${at.stopId} is not stored`);
      return !stop.in_force;
    });

/** The acts of a restoration and of reports upward on our own database. */
export const restorationActs = (deps: ActivityDeps): RestorationOwnActivities => ({
  beginRestoration: beginRestoration(deps),
  isRestored: isRestored(deps),
  escalateRestoration: escalateRestoration(deps),
  recordMiss: recordMiss(deps),
  prepareSafetyCall: prepareSafetyCall(deps),
  prepareRestoredMessage: prepareRestoredMessage(deps),
  raiseReportRung: raiseReportRung(deps),
});
