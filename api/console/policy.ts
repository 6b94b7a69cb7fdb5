import type { Settings } from '../../settings/settings.ts';

const originOf = (url: string): string => new URL(url).origin;

/**
 * What a page of ours may load and reach: scripts from here alone, and nobody but us and the issuer is spoken to. Style
 * elements may stand in the page, because the component library writes its own; they can run nothing.
 */
export function policyOf(settings: Settings): Record<string, string[] | null> {
  const self = "'self'";
  return {
    'default-src': [self],
    'script-src': [self],
    'script-src-attr': ["'none'"],
    'style-src': [self, "'unsafe-inline'"],
    'img-src': [self, 'data:', 'blob:'],
    'media-src': [self, 'blob:'],
    'font-src': [self],
    'connect-src': [self, originOf(settings.OIDC_ISSUER)],
    'worker-src': [self],
    'manifest-src': [self],
    'object-src': ["'none'"],
    'base-uri': [self],
    'form-action': [self],
    'frame-ancestors': ["'none'"],
    ...(settings.PUBLIC_URL.startsWith('https:') ? { 'upgrade-insecure-requests': [] } : {}),
  };
}
