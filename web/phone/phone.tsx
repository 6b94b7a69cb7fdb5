import { lazy, Suspense } from 'react';
import { BrowserRouter, Link, Navigate, Route, Routes } from 'react-router';
import { useMe, useSession } from '../shared/api/context.tsx';
import { setLang } from '../shared/i18n/i18n.ts';
import { useTexts } from '../shared/i18n/use-texts.ts';
import { useLiveQueries } from '../shared/live/live-queries.tsx';
import { ErrorBoundary } from '../shared/ui/error-boundary.tsx';
import type { PhonePage } from './page.ts';
import { PAGES } from './pages.ts';
import { PHONE_TEXTS } from './texts.ts';

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
  const t = useTexts(PHONE_TEXTS);
  const me = useMe();
  const session = useSession();
  useLiveQueries();
  const pages = PAGES.filter((page) => page.roles.some((role) => me.roles.includes(role)));
  return (
    <BrowserRouter basename="/m">
      <header className="phone-head">
        <Link to="/">{t('title')}</Link>
        <span>{me.name}</span>
        <button type="button" onClick={() => setLang(t.lang === 'zh' ? 'en' : 'zh')}>
          {t('language')}
        </button>
        <button type="button" onClick={() => void session.signOut()}>
          {t('sign-out')}
        </button>
      </header>
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
  );
}
