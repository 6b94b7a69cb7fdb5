import { useEffect, useState } from 'react';

const CACHE = 'fudian-field';
const SHELL = '/m/';
const LOOK_EVERY_MS = 1_000;

/** Has this page and its files kept on the device, now and whenever a newer version is there. */
export async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/m/sw.js');
    (await navigator.serviceWorker.ready).active?.postMessage('newest');
  } catch {
    // A browser that allows none opens the page with a network only; the page says so.
  }
}

/** Whether the page opens without a network. */
export function useOpensOffline(): boolean {
  const [isKept, setKept] = useState(false);
  useEffect(() => {
    if (!('serviceWorker' in navigator) || isKept) return undefined;
    const look = (): void =>
      void caches
        .match(SHELL, { cacheName: CACHE })
        .then((found) => setKept(found !== undefined && navigator.serviceWorker.controller !== null));
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isKept]);
  return isKept;
}
