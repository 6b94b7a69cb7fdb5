import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type {
  ManagementCases,
  ManagementReaders,
  ManagementRecovered,
  ManagementRestorations,
} from '../../../api/shapes/management.ts';
import { useApi } from '../../shared/api/context.tsx';

const SPANS = [7, 30, 90] as const;
/** What changes without an event, such as a deadline that passes, is seen within this. */
const REFRESH_MS = 60_000;

/** Centre and span of time, kept in the address so that they can be sent. */
export function useWindow() {
  const [query, setQuery] = useSearchParams();
  const asked = Number(query.get('days') ?? 30);
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setQuery(next, { replace: true });
  };
  return {
    centreId: query.get('centreId') ?? undefined,
    days: SPANS.find((span) => span === asked) ?? 30,
    spans: SPANS,
    set,
  };
}

function useFigure<T>(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): UseQueryResult<T> {
  const api = useApi();
  return useQuery({
    queryKey: ['management', path, query],
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: () => api.get<T>(`/management/${path}`, query),
  }) as UseQueryResult<T>;
}

/** All numbers of the page, each read for itself: what is quick does not wait for what is slow. */
export const useFigures = (centreId: string | undefined, days: number) => ({
  cases: useFigure<ManagementCases>('cases', { centreId }),
  recovered: useFigure<ManagementRecovered>('recovered', { centreId, days }),
  restorations: useFigure<ManagementRestorations>('restorations', { centreId, days }),
  readers: useFigure<ManagementReaders>('readers', { centreId }),
});
export type Figures = ReturnType<typeof useFigures>;
