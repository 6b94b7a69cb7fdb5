import { useQueryClient, type QueryClient, type QueryFilters } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApi } from '../api/context.tsx';
import { followChanges, type Change } from './follow.ts';

const TOGETHER_MS = 150;
/** Sums over everything are read again at most this often, however much changes. */
const SUMS_TOGETHER_MS = 5_000;

/** Lists that any change may touch; a page whose query key begins with one of these is read again. */
const LISTS = [
  'tasks',
  'cases',
  'approvals',
  'stops',
  'restorations',
  'tickets',
  'reports',
  'incidents',
  'shields',
  'alarms',
  'imports',
  'screenings',
  'delegations',
  'credit',
];

const SUMS = [['management']];

/** The query keys of a change: the lists, and what is shown of that case and account. */
export function keysOf({ caseId, accountNo }: Change): readonly (readonly string[])[] {
  return [
    ...LISTS.map((list) => [list]),
    ...(caseId === null ? [] : [['case', caseId]]),
    ...(accountNo === null ? [] : [['account', accountNo]]),
  ];
}

/** Reads again; a first reading that is under way may have begun before the change, and is done once more after it. */
async function readAgain(client: QueryClient, filters: QueryFilters): Promise<void> {
  const underWay = client
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching', predicate: ({ state }) => state.data === undefined });
  await client.invalidateQueries(filters);
  await Promise.all(underWay.map(({ queryKey }) => client.invalidateQueries({ queryKey, exact: true })));
}

function invalidator(client: QueryClient): (change: Change) => void {
  const lane = (waitMs: number) => {
    const waiting = new Map<string, readonly string[]>();
    const underWay = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soonest = (): void => {
      timer ??= setTimeout(start, waitMs);
    };
    // Reading again drops a reading under way: a slow list that changes all the time would never arrive. So it waits its turn.
    function start(): void {
      timer = undefined;
      for (const [name, queryKey] of waiting) {
        if (underWay.has(name)) continue;
        waiting.delete(name);
        underWay.add(name);
        void readAgain(client, { queryKey }).finally(() => {
          underWay.delete(name);
          if (waiting.has(name)) soonest();
        });
      }
    }
    return (changed: readonly (readonly string[])[]): void => {
      for (const key of changed) waiting.set(key.join(' '), key);
      soonest();
    };
  };
  const [soon, later] = [lane(TOGETHER_MS), lane(SUMS_TOGETHER_MS)];
  return (change) => {
    soon(keysOf(change));
    later(SUMS);
  };
}

/**
 * Reads again what changed, as long as the page is open; put once at the root of a signed-in page. Query keys begin with what
 * they show: `['cases', …]`, `['case', caseId, …]`, `['account', accountNo, …]`, `['tasks', …]`. @returns whether it is live
 */
export function useLiveQueries(): boolean {
  const api = useApi();
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    void followChanges(
      api,
      { change: invalidator(client), reset: () => void readAgain(client, {}), state: setLive },
      gone.signal,
    );
    return () => gone.abort();
  }, [api, client]);
  return isLive;
}
