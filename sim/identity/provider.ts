import { randomBytes } from 'node:crypto';
import { Provider } from 'oidc-provider';
import type { Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider';
import { exportJWK, generateKeyPair } from 'jose';
import type { Books } from '../books/books.ts';
import { settingOrMade } from '../books/settings.ts';
import { errorPage, signedOutPage, signOutPage } from './pages.ts';
import { findPerson } from './people.ts';
import { recordsOf } from './records.ts';
import { signInPath } from './sign-in.ts';

/** The audience of every access token. */
export const tokenAudience = 'fudian';
const resource = 'urn:fudian';
const scope = 'fudian';
const tokenLifeSeconds = 3_600;
/** A shift: after it one signs in anew. */
const sessionSeconds = 12 * 3_600;

interface ProviderKeys {
  signing: JWK;
  cookie: string;
}

/** The district's identity provider: RS256 `at+jwt` access tokens that say who somebody is and for which centres. */
export async function createIdentityProvider(
  books: Books,
  issuer: string,
  publicUrl: () => string | undefined,
  report: (error: unknown) => void,
): Promise<Provider> {
  const keys = await settingOrMade<ProviderKeys>(books, 'idp-keys', makeKeys);
  const provider = new Provider(issuer, configurationOf(books, keys, publicUrl));
  provider.on('server_error', (_ctx, error) => report(error));
  return provider;
}

async function makeKeys(): Promise<ProviderKeys> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomBytes(8).toString('hex');
  const jwk = await exportJWK(privateKey);
  return {
    signing: { ...jwk, kid, use: 'sig', alg: 'RS256' } as JWK,
    cookie: randomBytes(32).toString('hex'),
  };
}

function configurationOf(
  books: Books,
  keys: ProviderKeys,
  publicUrl: () => string | undefined,
): Configuration {
  return {
    jwks: { keys: [keys.signing] },
    cookies: { keys: [keys.cookie] },
    adapter: (model) => recordsOf(books, model, publicUrl),
    scopes: ['openid', 'profile', 'offline_access', scope],
    claims: { openid: ['sub'], profile: ['name'] },
    // The name stands in the ID token, for the console asks no userinfo.
    conformIdTokenClaims: false,
    ttl: {
      ClientCredentials: tokenLifeSeconds,
      AccessToken: tokenLifeSeconds,
      IdToken: tokenLifeSeconds,
      Session: sessionSeconds,
      Grant: sessionSeconds,
      RefreshToken: sessionSeconds,
      Interaction: tokenLifeSeconds,
    },
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    interactions: { url: (_ctx, interaction) => `${signInPath}/${interaction.uid}` },
    findAccount: async (_ctx, sub) => {
      const known = await findPerson(books, sub);
      return known && { accountId: sub, claims: () => ({ sub, name: known.name }) };
    },
    loadExistingGrant: (ctx) => grantAll(ctx),
    issueRefreshToken: (_ctx, client) => Promise.resolve(client.grantTypeAllowed('refresh_token')),
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage(String(out.error_description ?? out.error));
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = signOutPage(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = signedOutPage();
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope,
          audience: tokenAudience,
          accessTokenTTL: tokenLifeSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: async (_ctx, token) => {
      const personId = 'accountId' in token ? token.accountId : token.clientId;
      const known = personId === undefined ? undefined : await findPerson(books, personId);
      if (!known) return undefined;
      return { name: known.name, roles: known.roles, centres: known.centres, company: known.company };
    },
  };
}

/** The console is the district's own: nobody is asked whether it may know who they are. */
async function grantAll(ctx: KoaContextWithOIDC) {
  const { oidc } = ctx;
  const { client, session } = oidc;
  const accountId = session?.accountId;
  if (client === undefined || session === undefined || accountId === undefined) return undefined;
  const kept = session.grantIdFor(client.clientId);
  const found = kept === undefined ? undefined : await oidc.provider.Grant.find(kept);
  if (found !== undefined) return found;
  const grant = new oidc.provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(`openid profile offline_access ${scope}`);
  grant.addResourceScope(resource, scope);
  await grant.save();
  return grant;
}
