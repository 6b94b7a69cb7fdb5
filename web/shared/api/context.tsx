import { createContext, use, type ReactNode } from 'react';
import type { Me } from '../../../api/shapes/me.ts';
import type { Session } from '../auth/session.ts';
import type { Api } from './client.ts';

interface SignedIn {
  readonly session: Session;
  readonly api: Api;
  readonly me: Me;
}

const context = createContext<SignedIn | undefined>(undefined);

export const SignedInAs = ({ value, children }: { value: SignedIn; children: ReactNode }) => (
  <context.Provider value={value}>{children}</context.Provider>
);

function useSignedIn(): SignedIn {
  const value = use(context);
  if (value === undefined) throw new Error('this part is shown to signed-in people only');
  return value;
}

export const useApi = (): Api => useSignedIn().api;
export const useMe = (): Me => useSignedIn().me;
export const useSession = (): Session => useSignedIn().session;
