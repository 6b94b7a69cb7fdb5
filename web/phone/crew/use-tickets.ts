import type { CrewTicket } from '../../../api/shapes/round.ts';
import { useKept, type Read } from '../device/use-kept.ts';

const MOST = 200;

/** Today's tickets with permits and stand-downs; read again by itself whenever something changes. */
export const useTickets = (): Read<readonly CrewTicket[]> =>
  useKept(
    ['tickets', 'round'],
    async (api) => (await api.get<{ items: CrewTicket[] }>('/rounds/crew', { limit: MOST })).items,
  );
