import type { CrewTicket } from '../../../api/shapes/round.ts';
import { readAll } from '../device/read-all.ts';
import { useKept, type Read } from '../device/use-kept.ts';

/** Today's tickets with permits and stand-downs; read again by itself whenever something changes. */
export const useTickets = (): Read<readonly CrewTicket[]> =>
  useKept(['tickets', 'round'], (api) => readAll<CrewTicket>(api, '/rounds/crew'));
