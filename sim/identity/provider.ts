import { randomBytes } from 'node:crypto';
import { Provider } from 'oidc-provider';
import type { Configuration, JWK } from 'oidc-provider';
import { exportJWK, generateKeyPair } from 'jose';
import type { Books } from '../books/books.ts';
import { settingOrMade } from '../books/settings.ts';
import { findPerson } from './people.ts';
import { recordsOf } from './records.ts';

/** The audience of every access token. */
export const tokenAudience = 'fudian';
const resource = 'urn:fudian';
const scope = 'fudian';
const tokenLifeSeconds = 3_600;

interface ProviderKeys {
  signing: JWK;
  cookie: string;
}

/** The district's identity provider: RS256 `at+jwt` access tokens that say who somebody is and for which centres. */
export async function createIdentityProvider(
  books: Books,
  issuer: string,
  report: (error: unknown) => void,
): Promise<Provider> {
  const keys = await settingOrMade<ProviderKeys>(books, 'idp-keys', makeKeys);
  const provider = new Provider(issuer, configurationOf(books, keys));
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

function configurationOf(books: Books, keys: ProviderKeys): Configuration {
  return {
    jwks: { keys: [keys.signing] },
    cookies: { keys: [keys.cookie] },
    adapter: (model) => recordsOf(books, model),
    scopes: ['openid', 'offline_access', scope],
    ttl: { ClientCredentials: tokenLifeSeconds },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
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
