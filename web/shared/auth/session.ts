import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';

/** Which pages sign in: each takes the provider's answer under its own address. */
export type Entry = 'console' | 'm';

interface Config {
  issuer: string;
  clientId: string;
  scope: string;
  isDemo: boolean;
}

/** Who is signed in on this page, and how the API hears of it. */
export interface Session {
  readonly config: Config;
  readonly entry: Entry;
  /** A token that is good now, renewed where it has to be; undefined = sign in. */
  token(): Promise<string | undefined>;
  /** Goes to the provider and comes back to the same place. */
  signIn(): Promise<void>;
  /** Forgets the tokens here, then signs out at the provider. */
  signOut(): Promise<void>;
  /** Called once the session is over and cannot be renewed. */
  onOver(listener: () => void): () => void;
}

const EXPIRES_SOON_SECONDS = 60;

/** Only a place of ours: what the provider hands back is never an address elsewhere. */
const placeOf = (state: unknown, entry: Entry): string =>
  typeof state === 'string' && state.startsWith(`/${entry}`) && !state.startsWith('//')
    ? state
    : `/${entry}/`;

function managerOf(config: Config, entry: Entry): UserManager {
  const here = `${location.origin}/${entry}`;
  return new UserManager({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: `${here}/signed-in`,
    post_logout_redirect_uri: `${here}/`,
    scope: config.scope,
    response_type: 'code',
    // Tokens live as long as this tab: not in other tabs, not after it is closed, never in a cookie or an address.
    userStore: new WebStorageStateStore({ store: sessionStorage, prefix: 'fudian.' }),
    stateStore: new WebStorageStateStore({ store: sessionStorage, prefix: 'fudian.state.' }),
    automaticSilentRenew: false,
    loadUserInfo: false,
    monitorSession: false,
  });
}

export async function openSession(entry: Entry): Promise<Session> {
  const config = (await (await fetch('/console/config.json')).json()) as Config;
  const manager = managerOf(config, entry);
  const over = new Set<() => void>();
  let user: User | null = null;
  let renewing: Promise<User | null> | undefined;

  if (location.pathname === `/${entry}/signed-in`) {
    try {
      user = (await manager.signinCallback()) ?? null;
      history.replaceState(null, '', placeOf(user?.state, entry));
    } catch {
      // An answer that was used before, or is too old: ask again from the beginning.
      history.replaceState(null, '', `/${entry}/`);
    }
  }
  user ??= await manager.getUser();

  async function renew(): Promise<User | null> {
    if (user?.refresh_token === undefined) return null;
    renewing ??= manager.signinSilent().finally(() => (renewing = undefined));
    try {
      return await renewing;
    } catch (error) {
      // Without a network the session is not over; it goes on once there is one.
      if (error instanceof TypeError && !user.expired) return user;
      if (error instanceof TypeError) throw error;
      return null;
    }
  }

  return {
    config,
    entry,
    async token() {
      if (user === null) return undefined;
      if ((user.expires_in ?? 0) > EXPIRES_SOON_SECONDS) return user.access_token;
      const renewed = await renew();
      if (renewed === null) {
        user = null;
        await manager.removeUser();
        for (const listener of over) listener();
        return undefined;
      }
      user = renewed;
      return user.access_token;
    },
    async signIn() {
      await manager.signinRedirect({ state: `${location.pathname}${location.search}` });
    },
    async signOut() {
      user = null;
      await manager.signoutRedirect();
    },
    onOver(listener) {
      over.add(listener);
      return () => over.delete(listener);
    },
  };
}
