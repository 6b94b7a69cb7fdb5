import { lazy, Suspense, useEffect } from 'react';
import { BrowserRouter, Link, Navigate, Route, Routes } from 'react-router';
import { useMe } from '../shared/api/context.tsx';
import { useTexts } from '../shared/i18n/use-texts.ts';
import { useLiveQueries } from '../shared/live/live-queries.tsx';
import { ErrorBoundary } from '../shared/ui/error-boundary.tsx';
import { keepPage } from './device/offline.ts';
import { QueueProvider } from './device/queue.tsx';
import { Head } from './head.tsx';
import type { PhonePage } from './page.ts';
import { PAGES } from './pages.ts';
import { PHONE_TEXTS } from './texts.ts';

// Loaded for crews alone.
const StandDown = lazy(async () => ({ default: (await import('./crew/stand-down.tsx')).StandDown }));
const Unheard = lazy(async () => ({ default: (await import('./crew/unheard.tsx')).Unheard }));
const LAZY = new Map(PAGES.map((page) => [page.path, lazy(page.load)]));

function Home({ pages }: { pages: readonly PhonePage[] }) {
  const t = useTexts(PHONE_TEXTS);
  const entries = pages.filter((page) => page.isEntry);
  const [only] = entries;
  if (only !== undefined && entries.length === 1) return <Navigate to={only.path} replace />;
  if (only === undefined)
    return (
      <section className="phone-nothing">
        <h1>{t('no-page')}</h1>
        <p>{t('no-page-now')}</p>
        <a href="/console/">{t('console')}</a>
      </section>
    );
  return (
    <nav className="phone-menu">
      {entries.map((page) => (
        <Link key={page.path} to={page.path}>
          {page.title[t.lang]}
        </Link>
      ))}
    </nav>
  );
}

/** The phone pages of whoever works outside: plain parts, large targets, nothing of the desk. */
export function Phone() {
  const me = useMe();
  const isLive = useLiveQueries();
  const pages = PAGES.filter((page) => page.roles.some((role) => me.roles.includes(role)));
  useEffect(() => void keepPage(), []);
  return (
    <QueueProvider>
      <BrowserRouter basename="/m">
        <Head hasDevice={pages.some(({ path }) => path === '/device')} />
        {me.roles.includes('crew') && (
          <Suspense>
            <StandDown />
            <Unheard isLive={isLive} />
          </Suspense>
        )}
        <main className="phone-main">
          <ErrorBoundary>
            <Suspense fallback={<div className="starting" aria-busy="true" />}>
              <Routes>
                {pages.map(({ path }) => {
                  const Page = LAZY.get(path);
                  return Page === undefined ? null : <Route key={path} path={path} element={<Page />} />;
                })}
                <Route path="*" element={<Home pages={pages} />} />
              </Routes>
            </Suspense>
          </ErrorBoundary>
        </main>
      </BrowserRouter>
    </QueueProvider>
  );
}
