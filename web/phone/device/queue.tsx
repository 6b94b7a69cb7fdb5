import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { newKey } from '../../shared/api/client.ts';
import { useApi, useMe } from '../../shared/api/context.tsx';
import { sendWaiting } from './send.ts';
import { dropAct, putAct, readAct, readActs, type Act } from './store.ts';

/** What a page hands over: the act without what the device adds. */
export type Intended = Pick<Act, 'kind' | 'about' | 'path' | 'body' | 'happenedAt'> &
  Partial<Pick<Act, 'pictures' | 'fixes'>>;

export interface Queue {
  /** Everything of this person that this device knows of, oldest first. */
  readonly acts: readonly Act[];
  readonly isOnline: boolean;
  readonly isSending: boolean;
  /** Keeps an act on the device, then tries to send it; resolves once it is kept. A second tap meanwhile is the same act. */
  readonly add: (act: Intended) => Promise<void>;
  readonly sendNow: () => void;
  /** Sends a refused act again as it is. */
  readonly again: (id: string) => Promise<void>;
  /** Takes a refused act off the device. */
  readonly drop: (id: string) => Promise<void>;
}

const AGAIN_EVERY_MS = 15_000;
/** Until the page shows the act instead of its form, a tap is one of a double tap. */
const SETTLED_AFTER_MS = 500;
const context = createContext<Queue | undefined>(undefined);

function useIsOnline(): boolean {
  const [isOnline, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const look = (): void => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return isOnline;
}

/** Keeps what was done outside until the office has it; put once around the phone's pages. */
export function QueueProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const { personId } = useMe();
  const client = useQueryClient();
  const isOnline = useIsOnline();
  const [acts, setActs] = useState<readonly Act[]>([]);
  const [isSending, setSending] = useState(false);
  const running = useRef(false);
  const again = useRef(false);
  const writing = useRef(new Map<string, Promise<void>>());
  const refresh = useCallback(async () => setActs(await readActs(personId)), [personId]);

  const sendNow = useCallback(() => {
    again.current = true;
    if (running.current || !navigator.onLine) return;
    running.current = true;
    setSending(true);
    void (async () => {
      try {
        while (again.current) {
          again.current = false;
          await sendWaiting(api, personId, async () => {
            await refresh();
            await Promise.all(
              ['tasks', 'tickets'].map((key) => client.invalidateQueries({ queryKey: [key] })),
            );
          });
        }
      } finally {
        running.current = false;
        setSending(false);
        await refresh();
      }
    })();
  }, [api, client, personId, refresh]);

  useEffect(() => {
    void refresh().then(sendNow);
    const timer = setInterval(sendNow, AGAIN_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh, sendNow]);
  useEffect(() => {
    if (isOnline) sendNow();
  }, [isOnline, sendNow]);

  const queue = useMemo<Queue>(
    () => ({
      acts,
      isOnline,
      isSending,
      sendNow,
      add(act) {
        const of = `${act.kind} ${act.about.ref}`;
        const underWay = writing.current.get(of);
        if (underWay !== undefined) return underWay;
        const write = async (): Promise<void> => {
          try {
            const made = { pictures: [], ...act, id: newKey(), personId, madeAt: new Date().toISOString() };
            await putAct({ ...made, stored: [], state: 'waiting' });
            await refresh();
            sendNow();
          } finally {
            setTimeout(() => writing.current.delete(of), SETTLED_AFTER_MS);
          }
        };
        const written = write();
        writing.current.set(of, written);
        return written;
      },
      async again(id) {
        const act = await readAct(id);
        if (act?.state !== 'refused') return;
        const { problem: _, ...rest } = act;
        await putAct({ ...rest, state: 'waiting' });
        await refresh();
        sendNow();
      },
      async drop(id) {
        if ((await readAct(id))?.state === 'refused') await dropAct(id);
        await refresh();
      },
    }),
    [acts, isOnline, isSending, personId, refresh, sendNow],
  );
  return <context.Provider value={queue}>{children}</context.Provider>;
}

export function useQueue(): Queue {
  const queue = use(context);
  if (queue === undefined) throw new Error('this part is shown inside the queue only');
  return queue;
}

/** The newest act of some kinds about a notice, ticket or stop. */
export function useLastAct(ref: string, kinds: readonly Act['kind'][]): Act | undefined {
  return useQueue().acts.findLast((act) => act.about.ref === ref && kinds.includes(act.kind));
}
