import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { ROLES, type Caller, type Role } from './caller.ts';
import { Problem } from './problem.ts';

const claims = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  name: z.string().min(1).max(100).optional(),
  company: z.string().min(1),
  roles: z.array(z.string()),
  centres: z.union([z.literal('*'), z.array(z.string())]),
});

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly companyId: string;
}

const DISCOVERY_TIMEOUT_MS = 5_000;

/** Verifies bearer tokens against the issuer's keys, found by OIDC discovery at the first token and kept. */
export function tokenVerifier(rules: TokenRules): (authorization: string | undefined) => Promise<Caller> {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  async function discover() {
    const url = `${rules.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_MS) });
    const found = z
      .object({ issuer: z.literal(rules.issuer), jwks_uri: z.url() })
      .parse(await response.json());
    return createRemoteJWKSet(new URL(found.jwks_uri));
  }
  async function keySet() {
    keys ??= discover();
    try {
      return await keys;
    } catch {
      // Asked anew with the next token: an issuer that was away comes back.
      keys = undefined;
      throw new Problem(503, 'system-unavailable', { params: { system: 'identity' } });
    }
  }
  async function verify(token: string): Promise<JWTPayload> {
    const set = await keySet();
    try {
      const { payload } = await jwtVerify(token, set, {
        issuer: rules.issuer,
        audience: rules.audience,
        algorithms: ['RS256', 'ES256', 'PS256'],
        clockTolerance: 5,
      });
      return payload;
    } catch (error) {
      const isOffline = error instanceof Error && 'code' in error && error.code === 'ERR_JWKS_TIMEOUT';
      if (isOffline) throw new Problem(503, 'system-unavailable', { params: { system: 'identity' } });
      throw new Problem(401, 'token-invalid', {
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      });
    }
  }
  return async (authorization) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw new Problem(401, 'token-missing', { headers: { 'www-authenticate': 'Bearer' } });
    const parsed = claims.safeParse(await verify(token));
    if (!parsed.success)
      throw new Problem(401, 'token-invalid', { headers: { 'www-authenticate': 'Bearer' } });
    const { sub, exp, name, company, roles, centres } = parsed.data;
    if (company !== rules.companyId) throw new Problem(403, 'other-company');
    const known = roles.filter((role): role is Role => (ROLES as readonly string[]).includes(role));
    return {
      personId: sub,
      roles: known,
      scope: { companyId: company, centreIds: centres },
      validUntilMs: exp * 1_000,
      ...(name === undefined ? {} : { name }),
    };
  };
}
