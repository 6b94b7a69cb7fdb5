import type { ActivityDeps } from '../deps.ts';
import type { MatterOwnActivities } from './matters-contract.ts';
import { lookAtDowngrade } from './look-at-downgrade.ts';
import { lookAtExport } from './look-at-export.ts';
import { lookAtObjection } from './look-at-objection.ts';
import { lookAtRepair } from './look-at-repair.ts';

/** The looks of matters of credit, on our own database. */
export const matterActs = (deps: ActivityDeps): MatterOwnActivities => ({
  lookAtObjection: lookAtObjection(deps),
  lookAtRepair: lookAtRepair(deps),
  lookAtDowngrade: lookAtDowngrade(deps),
  lookAtExport: lookAtExport(deps),
});
