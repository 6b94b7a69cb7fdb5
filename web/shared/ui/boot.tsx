import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Me } from '../../../api/shapes/me.ts';
import { openApi, type Api } from '../api/client.ts';
import { SignedInAs } from '../api/context.tsx';
import { ApiProblem, problemOf } from '../api/problem.ts';
import { whoAmI } from '../api/who-am-i.ts';
import { openSession, type Entry, type Session } from '../auth/session.ts';
import { lang, setLang } from '../i18n/i18n.ts';
import { Broken } from './broken.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Welcome } from './welcome.tsx';
import './base.css';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The API client tries again by itself; changes are told, so nothing is polled.
      retry: false,
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      throwOnError: false,
    },
  },
});

type State =
  | { kind: 'starting' }
  | { kind: 'signed-out'; session: Session }
  | { kind: 'broken'; problem: ApiProblem }
  | { kind: 'in'; session: Session; api: Api; me: Me };

async function begin(entry: Entry): Promise<State> {
  const session = await openSession(entry);
  // A token that cannot be renewed for want of a network is no signing out.
  const token = await session.token().catch(() => '');
  if (token === undefined) return { kind: 'signed-out', session };
  const api = openApi(session);
  return { kind: 'in', session, api, me: await whoAmI(api, entry) };
}

function Root({ entry, children }: { entry: Entry; children: ReactNode }) {
  const [state, setState] = useState<State>({ kind: 'starting' });
  useEffect(() => {
    let isGone = false;
    void begin(entry)
      .catch((error: unknown): State => ({ kind: 'broken', problem: problemOf(error) }))
      .then((next) => {
        if (!isGone) setState(next);
      });
    return () => {
      isGone = true;
    };
  }, [entry]);
  useEffect(() => {
    if (state.kind !== 'in') return undefined;
    return state.session.onOver(() => setState({ kind: 'signed-out', session: state.session }));
  }, [state]);
  if (state.kind === 'starting') return <div className="starting" aria-busy="true" />;
  if (state.kind === 'broken') return <Broken problem={state.problem} onRetry={() => location.reload()} />;
  if (state.kind === 'signed-out') return <Welcome session={state.session} />;
  return <SignedInAs value={state}>{children}</SignedInAs>;
}

/** Starts a page for people who sign in; what is below is shown once somebody has. */
export function boot(entry: Entry, page: ReactNode): void {
  setLang(lang());
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no root');
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <QueryClientProvider client={client}>
          <Root entry={entry}>{page}</Root>
        </QueryClientProvider>
      </ErrorBoundary>
    </StrictMode>,
  );
}
