import type { RoundItem } from '../../../api/shapes/round.ts';
import { useKept, type Read } from '../device/use-kept.ts';

const MOST = 200;

/** Today's round of whoever has signed in, as far as one page of it goes. */
export const useRound = (): Read<readonly RoundItem[]> =>
  useKept(
    ['tasks', 'round'],
    async (api) => (await api.get<{ items: RoundItem[] }>('/rounds/reader', { limit: MOST })).items,
  );
