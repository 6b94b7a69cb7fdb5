import { Layout, Menu, Space, Spin, Tag } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { Link, Navigate, Route, Routes, useLocation } from 'react-router';
import { useMe, useSession } from '../shared/api/context.tsx';
import { setLang } from '../shared/i18n/i18n.ts';
import { useTexts } from '../shared/i18n/use-texts.ts';
import { ROLE_TEXTS } from '../shared/roles.ts';
import { ErrorBoundary } from '../shared/ui/error-boundary.tsx';
import type { DeskPage } from './page.ts';
import { PAGES } from './pages.ts';
import { SHELL_TEXTS } from './texts/shell.ts';
import { Nothing } from './ui/nothing.tsx';

const GROUPS = ['work', 'approval', 'customer', 'credit', 'management', 'operations'] as const;
const LAZY = new Map(PAGES.map((page) => [page.path, lazy(page.load)]));

const mayOpen = (page: DeskPage, roles: readonly string[]): boolean =>
  page.roles.some((role) => roles.includes(role));

function Side({ pages }: { pages: readonly DeskPage[] }) {
  const t = useTexts(SHELL_TEXTS);
  const { pathname } = useLocation();
  const shown = pages.filter((page) => page.group !== undefined);
  const selected = shown
    .filter((page) => pathname === page.path || pathname.startsWith(`${page.path}/`))
    .map((page) => page.path);
  const items = GROUPS.flatMap((group) => {
    const children = shown
      .filter((page) => page.group === group)
      .map((page) => ({ key: page.path, label: <Link to={page.path}>{t(page.title)}</Link> }));
    return children.length === 0
      ? []
      : [{ type: 'group' as const, key: group, label: t(`group.${group}`), children }];
  });
  return (
    <nav aria-label={t('menu')}>
      <Menu mode="inline" items={items} selectedKeys={selected} />
    </nav>
  );
}

function Head({ isLive }: { isLive: boolean }) {
  const t = useTexts(SHELL_TEXTS);
  const roles = useTexts(ROLE_TEXTS);
  const me = useMe();
  const session = useSession();
  const centres = me.isWholeCompany ? t('whole-company') : me.centres.map(({ name }) => name).join('、');
  return (
    <Layout.Header className="desk-head">
      <Link to="/" className="desk-brand">
        <img src="/console/icon.svg" alt="" width="26" height="26" />
        {t('product-long')}
      </Link>
      <Space size="middle" className="desk-who">
        <span role="status" className={isLive ? 'live on' : 'live off'}>
          {t(isLive ? 'live' : 'not-live')}
        </span>
        <span className="desk-centres">{centres}</span>
        <span>
          {me.name} <Tag variant="filled">{me.roles.map((role) => roles.code(role)).join('、')}</Tag>
        </span>
        <button
          type="button"
          className="head-button"
          lang={t.lang === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => setLang(t.lang === 'zh' ? 'en' : 'zh')}
        >
          {t('language')}
        </button>
        <button type="button" className="head-button" onClick={() => void session.signOut()}>
          {t('sign-out')}
        </button>
      </Space>
    </Layout.Header>
  );
}

function Pages({ pages }: { pages: readonly DeskPage[] }) {
  const t = useTexts(SHELL_TEXTS);
  const { roles } = useMe();
  const { pathname } = useLocation();
  const home =
    pages.find((page) => page.homeOf?.some((role) => roles.includes(role))) ??
    pages.find((page) => page.group !== undefined);
  return (
    <ErrorBoundary key={pathname}>
      <Suspense fallback={<Spin className="loading" />}>
        <Routes>
          {pages.map(({ path }) => {
            const Page = LAZY.get(path);
            return Page === undefined ? null : <Route key={path} path={path} element={<Page />} />;
          })}
          <Route
            path="/"
            element={
              home === undefined ? (
                <Nothing what={t('no-desk')} now={t('no-desk-now')}>
                  <a href="/m/">{t('phone-pages')}</a>
                </Nothing>
              ) : (
                <Navigate to={home.path} replace />
              )
            }
          />
          <Route path="*" element={<Nothing what={t('no-page')} now={t('no-page-now')} />} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  );
}

/** Head, menu by role, and the page in the middle. */
export function Shell({ isLive }: { isLive: boolean }) {
  const t = useTexts(SHELL_TEXTS);
  const { roles } = useMe();
  const pages = useMemo(() => PAGES.filter((page) => mayOpen(page, roles)), [roles]);
  return (
    <Layout className="desk">
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <Head isLive={isLive} />
      <Layout>
        <Layout.Sider width={212} breakpoint="lg" collapsedWidth={0} theme="light">
          <Side pages={pages} />
        </Layout.Sider>
        <Layout.Content id="content" tabIndex={-1} role="main">
          <Pages pages={pages} />
        </Layout.Content>
      </Layout>
    </Layout>
  );
}
