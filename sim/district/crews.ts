import { diceOf } from './dice.ts';

/** How the crew of one ticket works; times are of the case. */
export interface CrewBehaviour {
  /** From the dispatch until the crew accepts on its device. */
  acceptsAfterMinutes: number;
  /** From the planned beginning until it stands before the meter; negative = early. */
  arrivesAfterMinutes: number;
  /** A device without a network hears of a recall only when it is back. */
  device: 'online' | 'device-offline';
  /** The crew is not sure of the meter and calls the reader (T2.7). */
  doubtsMeter: boolean;
  work: 'done' | 'no-access' | 'unsafe';
}

/** The crew's behaviour for a ticket; the same seed and ticket always give the same. */
export function crewBehaviour(seed: string, ticketId: string): CrewBehaviour {
  const dice = diceOf(`${seed}/crew/${ticketId}`);
  return {
    acceptsAfterMinutes: dice.whole(2, 90),
    arrivesAfterMinutes: dice.weighed([
      [70, dice.whole(-20, 5)],
      [20, dice.whole(6, 45)],
      [10, dice.whole(46, 180)],
    ]),
    device: dice.chance(8) ? 'device-offline' : 'online',
    doubtsMeter: dice.chance(5),
    work: dice.weighed([
      [92, 'done'],
      [6, 'no-access'],
      [2, 'unsafe'],
    ]),
  };
}
