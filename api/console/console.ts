import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { Router, type Request, type Response } from 'express';
import type { Settings } from '../../settings/settings.ts';
import { Problem } from '../http/problem.ts';

/** Pages of the console; each role's lies in its own file, so that a phone does not load the desk. */
type ConsolePage = 'index.html' | 'phone.html' | 'customer.html';

const YEAR_MS = 31_536_000_000;

/** What the console has to know before anybody is signed in. */
export function consoleConfig(settings: Settings) {
  return {
    issuer: settings.OIDC_ISSUER,
    clientId: settings.OIDC_CONSOLE_CLIENT,
    scope: settings.OIDC_CONSOLE_SCOPE,
    isDemo: settings.DEMO_CLOCK === 'on',
  };
}

/** Sends one page of the built console. @throws Problem 404 `console-not-built` */
export function sendConsolePage(settings: Settings, response: Response, page: ConsolePage): void {
  const file = settings.CONSOLE_DIR === undefined ? undefined : path.resolve(settings.CONSOLE_DIR, page);
  if (file === undefined || !existsSync(file)) throw new Problem(404, 'console-not-built');
  response.set('cache-control', 'no-cache').sendFile(file);
}

/** The packed twin of a file, written by the build, where the caller takes it. */
function sendPacked(folder: string) {
  return (request: Request, response: Response, next: () => void): void => {
    const packed = path.join(folder, `${path.normalize(request.path)}.gz`);
    if (!/\.(js|css|svg|json)$/.test(request.path) || !request.acceptsEncodings().includes('gzip'))
      return next();
    if (!packed.startsWith(folder) || !existsSync(packed)) return next();
    response.set('content-encoding', 'gzip').set('vary', 'accept-encoding').type(path.extname(request.path));
    response.sendFile(packed, { immutable: true, maxAge: YEAR_MS });
  };
}

/** The console's files and pages: `/console` the desk, `/m` phones; both find their own way below that. */
export function consolePages(settings: Settings): Router {
  const router = Router();
  router.get('/', (_request, response) => response.redirect(302, '/console/'));
  router.get('/console/config.json', (_request, response) => {
    response.set('cache-control', 'no-cache').json(consoleConfig(settings));
  });
  if (settings.CONSOLE_DIR !== undefined) {
    const folder = path.resolve(settings.CONSOLE_DIR);
    const assets = path.join(folder, 'assets');
    // Names of assets hold their content's hash: what has a name never changes.
    router.use(
      '/console/assets',
      sendPacked(assets),
      express.static(assets, { immutable: true, maxAge: YEAR_MS }),
    );
    router.use('/console/assets', () => {
      throw new Problem(404, 'no-such-route');
    });
    // The worker of the phone pages has to lie where its pages lie.
    router.get('/m/sw.js', (_request, response) => {
      response.set('cache-control', 'no-cache').type('js').sendFile(path.join(folder, 'sw.js'));
    });
    router.use('/console', express.static(folder, { index: false, maxAge: 0 }));
  }
  router.get(['/console', '/console/*rest'], (_request, response) =>
    sendConsolePage(settings, response, 'index.html'),
  );
  router.get(['/m', '/m/*rest'], (_request, response) => sendConsolePage(settings, response, 'phone.html'));
  return router;
}
