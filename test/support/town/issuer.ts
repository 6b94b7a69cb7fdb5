import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';

/** What a token says; every field may be made wrong. */
export interface TokenWish {
  personId?: string;
  roles?: readonly string[];
  centres?: readonly string[] | '*';
  company?: string;
  audience?: string;
  issuer?: string;
  /** Seconds from now; negative = expired. */
  livesSeconds?: number;
  /** Seconds from now until it holds. */
  holdsInSeconds?: number;
  /** Signed by a key that the issuer never published, or not signed at all. */
  signature?: 'stranger' | 'none';
}

/** An issuer of tokens that also makes those which no honest issuer would make. */
export interface Issuer {
  readonly url: string;
  token(wish: TokenWish): Promise<string>;
  close(): Promise<void>;
}

export async function startIssuer(companyId: string): Promise<Issuer> {
  const [ours, stranger] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const jwk = { ...(await exportJWK(ours.publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' };
  let url = '';
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const isDiscovery = request.url === '/.well-known/openid-configuration';
    response.end(JSON.stringify(isDiscovery ? { issuer: url, jwks_uri: `${url}/jwks` } : { keys: [jwk] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    token(wish) {
      const claims = { company: wish.company ?? companyId, roles: [...(wish.roles ?? [])] };
      const payload = {
        ...claims,
        centres: wish.centres === '*' ? '*' : [...(wish.centres ?? ['centre-1'])],
        iss: wish.issuer ?? url,
        aud: wish.audience ?? 'fudian',
        sub: wish.personId ?? 'somebody',
        exp: Math.floor(Date.now() / 1000) + (wish.livesSeconds ?? 3_600),
        ...(wish.holdsInSeconds === undefined
          ? {}
          : { nbf: Math.floor(Date.now() / 1000) + wish.holdsInSeconds }),
      };
      if (wish.signature === 'none') return Promise.resolve(new UnsecuredJWT(payload).encode());
      const key = wish.signature === 'stranger' ? stranger.privateKey : ours.privateKey;
      return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
    },
    async close() {
      const ended = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}
