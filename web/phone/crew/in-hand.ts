import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useMe } from '../../shared/api/context.tsx';
import { IN_HAND, keep, readKept } from '../device/store.ts';

/** What a crew has in hand at a ticket, on this device alone; it lives through a reload. */
export interface InHand {
  /** The ticket was opened here: a stand-down concerns this crew, whoever else has acknowledged it. */
  readonly isOpened?: boolean;
  readonly permit?: { readonly permitId: string; readonly expiresAt: string };
  /** Device time at which it came, epoch ms: what was read later and does not know it has taken it back. */
  readonly permitCameAtMs?: number;
  /** Number read on site. */
  readonly meterNo?: string;
  /** How far case time runs ahead of this device, ms, as the permit told. */
  readonly offsetMs?: number;
  /** Moment at which supply was switched off or on again, case time; undefined again once it was a mistake. */
  readonly switchedAt?: string | undefined;
  /** Switched off although no permit was alive: to be told as it was. */
  readonly isWithoutPermit?: boolean;
  readonly isStoodDown?: boolean;
}

const MOST = 60;
type All = Readonly<Record<string, InHand>>;

const queryKeyOf = (personId: string): readonly string[] => [IN_HAND, personId];

/** Everything in hand, and the way to change it: kept on the device before anything else goes on. */
export function useInHand(): {
  all: All;
  isRead: boolean;
  put: (ticketId: string, more: InHand) => Promise<void>;
} {
  const { personId } = useMe();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: queryKeyOf(personId),
    queryFn: async () => (await readKept<All>(personId, IN_HAND))?.value ?? {},
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const put = useCallback(
    async (ticketId: string, more: InHand) => {
      const before = (await readKept<All>(personId, IN_HAND))?.value ?? {};
      const { [ticketId]: mine, ...others } = before;
      const after = Object.fromEntries([
        ...Object.entries(others).slice(-MOST),
        [ticketId, { ...mine, ...more }],
      ]);
      await keep(personId, IN_HAND, after, Date.now());
      client.setQueryData(queryKeyOf(personId), after);
    },
    [client, personId],
  );
  return { all: data ?? {}, isRead: data !== undefined, put };
}
