import { createHmac, createPublicKey } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApiOnly, type ApiOnly } from '../support/town/api-only.ts';

let api: ApiOnly;
beforeAll(async () => {
  api = await startApiOnly();
});
afterAll(() => api.close());

const honest = { roles: ['auditor'], centres: '*' } as const;
const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const statusOf = async (token: string): Promise<number> => (await api.send('/cases', { token })).status;

/** The issuer's public key, as anybody can fetch it. */
async function published(): Promise<JWK> {
  const { keys } = (await (await fetch(`${api.settings.OIDC_ISSUER}/jwks`)).json()) as { keys: JWK[] };
  const [key] = keys;
  if (key === undefined) throw new Error('the issuer publishes no key');
  return key;
}

/** Claims that would open everything. */
const claims = () => ({
  ...{ iss: api.settings.OIDC_ISSUER, aud: 'fudian', sub: 'attacker', company: 'company-1' },
  ...{ roles: ['operator', 'auditor'], centres: '*', exp: Math.floor(Date.now() / 1000) + 3_600 },
});

test('an honest token opens, so that the others are refused for what is wrong with them', async () => {
  expect(await statusOf(await api.token(honest))).toBe(200);
});

describe('a token', () => {
  test('whose algorithm says that nobody has to sign it, in any spelling', async () => {
    for (const alg of ['none', 'None', 'NONE', 'nOnE', ''])
      for (const signature of ['', 'AA'])
        expect(await statusOf(`${b64({ alg, typ: 'JWT' })}.${b64(claims())}.${signature}`)).toBe(401);
  });

  test('signed with the public key as if it were a secret', async () => {
    const jwk = await published();
    const pem = createPublicKey({ key: jwk as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const signed = `${b64({ alg: 'HS256', typ: 'JWT', kid: 'k1' })}.${b64(claims())}`;
    for (const secret of [String(pem), String(pem).trim(), jwk.n ?? '', JSON.stringify(jwk)])
      expect(
        await statusOf(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`),
      ).toBe(401);
  });

  test('that brings its own key, or names one that is not the issuer’s', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const jwk = await exportJWK(publicKey);
    const headers = [
      { alg: 'RS256', jwk },
      { alg: 'RS256', kid: 'k1', jwk },
      { alg: 'RS256', kid: '../../../../dev/null' },
      { alg: 'RS256', kid: "k1' or '1'='1" },
      { alg: 'RS256', kid: 'k2', jku: 'http://127.0.0.1:9/jwks' },
      { alg: 'RS256', kid: 'k1', x5u: 'http://127.0.0.1:9/cert' },
      { alg: 'RS256', kid: '' },
    ];
    for (const header of headers) {
      const token = await new SignJWT(claims()).setProtectedHeader(header).sign(privateKey);
      expect({ header, status: await statusOf(token) }).toEqual({ header, status: 401 });
    }
  });

  test('that is over, not yet good, of another issuer or for somebody else', async () => {
    for (const wrong of [
      { livesSeconds: -10 },
      { holdsInSeconds: 600 },
      { issuer: `${api.settings.OIDC_ISSUER}/` },
      { issuer: 'https://elsewhere.example' },
      { audience: 'another' },
      { audience: '' },
    ])
      expect({ wrong, status: await statusOf(await api.token({ ...honest, ...wrong })) }).toEqual({
        wrong,
        status: 401,
      });
  });

  test('of another company, well signed by the same issuer', async () => {
    const answer = await api.send('/cases', { token: await api.token({ ...honest, company: 'company-2' }) });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ type: expect.stringMatching(/other-company$/) as string });
  });

  test('whose role, centres, company or person was changed after it was signed', async () => {
    const [head = '', body = '', signature = ''] = (await api.token({ roles: ['reader'] })).split('.');
    const said = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    for (const change of [
      { roles: ['operator'] },
      { centres: '*' },
      { company: 'company-2' },
      { sub: 'head-qian' },
      { exp: 9_999_999_999 },
    ])
      expect(await statusOf(`${head}.${b64({ ...said, ...change })}.${signature}`)).toBe(401);
    expect(await statusOf(`${head}.${body}.${signature.slice(0, -4)}AAAA`)).toBe(401);
    expect(await statusOf(`${head}.${body}.`)).toBe(401);
    expect(await statusOf(`${head}.${body}`)).toBe(401);
  });

  test('without an end, without a person, or with claims of another shape', async () => {
    const key = await generateKeyPair('RS256');
    const stranger = await new SignJWT(claims()).setProtectedHeader({ alg: 'RS256' }).sign(key.privateKey);
    expect(await statusOf(stranger)).toBe(401);
    for (const wrong of [{ personId: '' }, { roles: 'operator' as unknown as string[] }])
      expect(await statusOf(await api.token({ ...honest, ...wrong }))).not.toBe(200);
  });

  test('in the address, in a cookie, or of another scheme is none', async () => {
    const token = await api.token(honest);
    expect((await api.send(`/cases?access_token=${token}`)).status).toBe(401);
    for (const headers of [
      { cookie: `access_token=${token}` },
      { authorization: `Basic ${token}` },
      { authorization: token },
      { authorization: `Bearer ${token} ${token}` },
    ])
      expect((await api.send('/cases', { headers })).status).toBe(401);
  });

  test('of a reader opens nothing of an operator’s, whatever else is sent along', async () => {
    const token = await api.token({ roles: ['reader'] });
    for (const headers of [
      { 'x-role': 'operator' },
      { 'x-forwarded-user': 'operator-shi' },
      { 'x-original-url': '/cases' },
    ]) {
      expect((await api.send('/diagnosis', { token, headers })).status).toBe(403);
      expect((await api.send('/diagnosis?role=operator&roles[]=operator', { token, headers })).status).toBe(
        403,
      );
    }
  });
});
