/**
 * Lets the phone pages open without a network: keeps the page and its files, never an answer of the API. What was read of a
 * case lies in IndexedDB under the person who read it.
 */
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  addEventListener(name: 'install' | 'activate' | 'message', listener: (event: Lasting) => void): void;
  addEventListener(name: 'fetch', listener: (event: Asked) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
}
interface File {
  readonly file: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

const worker = globalThis as unknown as Worker;
const CACHE = 'fudian-field';
const SHELL = '/m/';
const CONFIG = '/console/config.json';
const ICON = '/console/icon.svg';
const PATIENCE_MS = 4_000;

/** Every file that the phone page may ask for, by the build's own list. */
async function filesOfPhone(): Promise<string[]> {
  const list = (await (await fetch('/console/files.json', { cache: 'no-cache' })).json()) as Record<
    string,
    File
  >;
  const wanted = new Set<string>();
  const seen = new Set<string>();
  const walk = (name: string): void => {
    const entry = list[name];
    if (entry === undefined || seen.has(name)) return;
    seen.add(name);
    for (const file of [entry.file, ...(entry.css ?? []), ...(entry.assets ?? [])])
      wanted.add(`/console/${file}`);
    for (const next of [...(entry.imports ?? []), ...(entry.dynamicImports ?? [])]) walk(next);
  };
  walk('phone.html');
  return [...wanted];
}

/** Takes the newest version whole, files first and the page last, then lets go of what it no longer needs. */
async function takeNewest(): Promise<void> {
  const cache = await caches.open(CACHE);
  const files = await filesOfPhone();
  for (const file of files) if ((await cache.match(file)) === undefined) await cache.add(file);
  await cache.addAll([CONFIG, ICON]);
  await cache.add(new Request(SHELL, { cache: 'no-cache' }));
  const wanted = new Set([...files, SHELL, CONFIG, ICON]);
  for (const request of await cache.keys())
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
}

/** The network while it answers soon, else what is kept. */
async function freshOrKept(request: Request, name: string): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(name);
  if (kept === undefined) return fetch(request);
  const patience = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  const fresh = fetch(request).then(
    (answer) => (answer.status >= 500 ? kept : answer),
    () => kept,
  );
  return Promise.race([fresh, patience]);
}

const keptOrFresh = async (request: Request): Promise<Response> =>
  (await (await caches.open(CACHE)).match(request.url)) ?? fetch(request);

// Where the network fails now, the next visit tries again.
const tryToTake = (): Promise<void> => takeNewest().catch(() => undefined);

worker.addEventListener('install', (event) =>
  event.waitUntil(Promise.all([worker.skipWaiting(), tryToTake()])),
);
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('message', (event) => event.waitUntil(tryToTake()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && url.pathname.startsWith('/m/'))
    event.respondWith(freshOrKept(request, SHELL));
  else if (url.pathname === CONFIG || url.pathname === ICON)
    event.respondWith(freshOrKept(request, url.pathname));
  else if (url.pathname.startsWith('/console/assets/')) event.respondWith(keptOrFresh(request));
});

export {};
