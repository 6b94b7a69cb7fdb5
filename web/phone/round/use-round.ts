import type { RoundItem } from '../../../api/shapes/round.ts';
import { readAll } from '../device/read-all.ts';
import { useKept, type Read } from '../device/use-kept.ts';

/** Today's round of whoever has signed in. */
export const useRound = (): Read<readonly RoundItem[]> =>
  useKept(['tasks', 'round'], (api) => readAll<RoundItem>(api, '/rounds/reader'));
