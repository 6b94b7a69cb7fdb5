import { Router } from 'express';
import type { Registry } from 'prom-client';
import type { ApiDeps } from './deps.ts';
import { Problem } from './http/problem.ts';

const CHECK_TIMEOUT_MS = 3_000;

async function isThere(check: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS);
  });
  const answer = check.then(
    () => true,
    () => false,
  );
  const result = await Promise.race([answer, late]);
  clearTimeout(timer);
  return result;
}

/** /health: the process lives; /ready: database and engine answer; /metrics for Prometheus. */
export function health(deps: ApiDeps, registry: Registry): Router {
  const router = Router();
  const scope = { companyId: deps.settings.COMPANY_ID, centreIds: '*' } as const;
  router.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/ready', async (_request, response) => {
    const [database, engine] = await Promise.all([
      isThere(deps.db.tx(scope, (tx) => tx.row('select 1'))),
      isThere(deps.temporal.connection.workflowService.getSystemInfo({})),
    ]);
    const missing = [...(database ? [] : ['database']), ...(engine ? [] : ['temporal'])];
    if (missing.length > 0) throw new Problem(503, 'not-ready', { params: { missing: missing.join(', ') } });
    response.json({ status: 'ready' });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
