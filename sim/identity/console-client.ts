import type { AdapterPayload } from 'oidc-provider';

/** Client id of the console in a browser. */
export const consoleClientId = 'fudian-console';

/** Paths under which the console takes an answer of the provider: the desk's and the phones'. */
const callbacks = ['/console/signed-in', '/m/signed-in'];
const signedOut = ['/console/', '/m/'];

/** The names under which a browser on this machine may have opened a loopback address. */
function namesOf(publicUrl: string): string[] {
  const url = new URL(publicUrl);
  if (!['127.0.0.1', 'localhost'].includes(url.hostname)) return [url.origin];
  return ['127.0.0.1', 'localhost'].map((host) => `${url.protocol}//${host}:${url.port}`);
}

/** The console as a public client: authorization code with PKCE, refresh tokens that change with each use, no secret. */
export function consoleClient(publicUrl: string | undefined): AdapterPayload | undefined {
  if (publicUrl === undefined) return undefined;
  const origins = namesOf(publicUrl);
  const under = (paths: readonly string[]): string[] =>
    origins.flatMap((origin) => paths.map((path) => `${origin}${path}`));
  return {
    client_id: consoleClientId,
    client_name: 'Fudian 复电',
    application_type: 'web',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: under(callbacks),
    post_logout_redirect_uris: under(signedOut),
  };
}
