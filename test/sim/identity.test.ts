import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDistrict } from './support/district.ts';
import { setting, startDistrict } from './support/district.ts';

let district: TestDistrict;
beforeAll(async () => {
  district = await startDistrict();
});
afterAll(() => district.close());

/** Finds the keys as the API does: by discovery from the issuer alone. */
async function verify(token: string) {
  const issuer = setting(district.sim, 'OIDC_ISSUER');
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  const found = (await discovery.json()) as { issuer: string; jwks_uri: string; token_endpoint: string };
  expect(found.issuer).toBe(issuer);
  expect(found.token_endpoint).toBe(`${district.sim.origin}/idp/token`);
  return jwtVerify(token, createRemoteJWKSet(new URL(found.jwks_uri)), {
    issuer,
    audience: 'fudian',
    algorithms: ['RS256'],
    typ: 'at+jwt',
  });
}

test('a person gets an RS256 access token that says who they are and for which centres', async () => {
  const token = await district.client.token('reader-zhang');
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
  const { payload } = await verify(token);
  expect(payload).toMatchObject({
    sub: 'reader-zhang',
    name: '张抄表',
    roles: ['reader'],
    centres: ['centre-1'],
    company: 'company-1',
  });
});

test('people above the centres are told by an asterisk', async () => {
  const { payload } = await verify(await district.client.token('president-qin'));
  expect(payload).toMatchObject({ roles: ['company-president'], centres: '*' });
});

test('every role has somebody who can sign in', async () => {
  const people = await district.client.people();
  const roles = new Set(people.flatMap((person) => person.roles));
  expect(roles.size).toBe(13);
  await district.client.addPeople([
    { personId: 'customer-1', name: '李早', roles: ['customer'], centres: [] },
  ]);
  const { payload } = await verify(await district.client.token('customer-1'));
  expect(payload).toMatchObject({ roles: ['customer'], centres: [] });
});

test('a stranger and a wrong secret get nothing', async () => {
  await expect(district.client.token('nobody')).rejects.toThrow('invalid_client');
  const response = await fetch(`${district.sim.origin}/idp/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'reader-zhang',
      client_secret: 'guess',
    }),
  });
  expect(response.status).toBe(401);
});

test('a token stays good over a restart of the district', async () => {
  const before = decodeProtectedHeader(await district.client.token('crew-wu'));
  await district.restart();
  expect(decodeProtectedHeader(await district.client.token('crew-wu')).kid).toBe(before.kid);
});
