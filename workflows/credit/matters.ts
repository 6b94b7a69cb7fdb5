import { own, seeThrough } from './matter.ts';
import type { MatterInput } from '../messages.ts';

/** An objection (K8.2, L5): flagged when it was filed, decided in time or reported upward, answered with proof. */
export const creditObjection = (input: MatterInput): Promise<string> =>
  seeThrough(input, own.lookAtObjection);

/** A repair (K7): verified, a clean period lived through, decided by a second person, answered. */
export const creditRepair = (input: MatterInput): Promise<string> => seeThrough(input, own.lookAtRepair);

/** A harmful downgrade (L7): decided by a person, told with proof, open to a reply, and only then in force. */
export const creditDowngrade = (input: MatterInput): Promise<string> =>
  seeThrough(input, own.lookAtDowngrade);

/** A record for the public credit platform (H4, L6): the firm told first, signed by two, sent, acknowledged, and taken back when it falls. */
export const creditExport = (input: MatterInput): Promise<string> => seeThrough(input, own.lookAtExport);
