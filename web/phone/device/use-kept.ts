import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Api } from '../../shared/api/client.ts';
import { useApi, useMe } from '../../shared/api/context.tsx';
import { useLang } from '../../shared/i18n/use-texts.ts';
import { problemOf, type ApiProblem } from '../../shared/api/problem.ts';
import { keep, readKept, type Kept } from './store.ts';

const LOOK_AGAIN_MS = 15_000;

export interface Read<T> {
  readonly data: T | undefined;
  /** When it was read, device time; undefined = nothing is known. */
  readonly startedAtMs: number | undefined;
  /** It comes from this device, because the office does not answer. */
  readonly isOld: boolean;
  readonly problem: ApiProblem | undefined;
  readonly again: () => void;
}

/**
 * Reads from the API and keeps the answer on the device; without a network the kept answer is shown, and said to be old.
 * `queryKey` begins with what live changes name (`tasks`, `tickets`).
 */
export function useKept<T>(queryKey: readonly string[], read: (api: Api) => Promise<T>): Read<T> {
  const api = useApi();
  const { personId } = useMe();
  const client = useQueryClient();
  const lang = useLang();
  const key = queryKey.join(' ');
  const keptKey = ['kept', personId, key];
  const kept = useQuery({
    queryKey: keptKey,
    queryFn: async (): Promise<Pick<Kept<T>, 'value' | 'startedAtMs'> | null> => readKept<T>(personId, key),
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const live = useQuery({
    // Reasons come in the language in which they are asked for.
    queryKey: [...queryKey, lang],
    queryFn: async (): Promise<Pick<Kept<T>, 'value' | 'startedAtMs'>> => {
      const startedAtMs = Date.now();
      const value = await read(api);
      await keep(personId, key, value, startedAtMs);
      client.setQueryData(keptKey, { value, startedAtMs });
      return { value, startedAtMs };
    },
    refetchInterval: ({ state }) => (state.status === 'error' ? LOOK_AGAIN_MS : false),
  });
  const found = live.data ?? kept.data ?? undefined;
  const isUnreached = live.fetchStatus === 'paused' || live.isError;
  const isRefused = live.isError && problemOf(live.error).status !== 0;
  return {
    data: found?.value,
    startedAtMs: found?.startedAtMs,
    isOld: found !== undefined && isUnreached,
    problem: live.isError && (found === undefined || isRefused) ? problemOf(live.error) : undefined,
    again: () => void live.refetch(),
  };
}

/** How far the case's clock runs ahead of this device's, ms; the doubt of the way there is taken as time that has passed. */
export const offsetOf = (nowAt: string, startedAtMs: number): number => Date.parse(nowAt) - startedAtMs;
