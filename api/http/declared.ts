import type { ApiDeps } from '../deps.ts';
import type { Route } from './route.ts';

/**
 * What a handler found, with the fields that the route declares and no other: what a query reads besides stays inside.
 * An answer that is not of its schema is sent as it is and told to the operators, for what it answers was done.
 */
export function declared(deps: ApiDeps, route: Route, body: unknown): unknown {
  if (route.answerType !== undefined) return body;
  const parsed = route.answer.safeParse(body);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`);
  deps.log.error({ operationId: route.operationId, places }, 'an answer is not of its schema');
  return body;
}
