import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { IntakeRefused } from '../../intake/deps.ts';
import { SystemRefused, SystemUnavailable } from '../../systems/errors.ts';
import { maskPersonal } from '../../rules/text/mask-personal.ts';
import { problemText } from '../texts/problem-texts.ts';
import { refusalText } from '../texts/refusal-texts.ts';
import { langOf } from './caller.ts';
import { Problem, sqlState } from './problem.ts';

/** A NUL byte, which the database takes into no text; only a caller can have sent it. */
const NOT_TEXT = '22021';

const typeOf = (code: string): string => `urn:fudian:problem:${code}`;
const statusOf = (error: object): number | undefined =>
  'status' in error && typeof error.status === 'number' ? error.status : undefined;

/** What Express' own body parsers throw, in our words. */
function parserProblem(error: object): Problem | undefined {
  const status = statusOf(error);
  const type = 'type' in error ? String(error.type) : '';
  if (type === 'entity.parse.failed') return new Problem(400, 'malformed-json');
  if (type === 'entity.too.large') {
    const limitBytes = 'limit' in error ? Number(error.limit) : 0;
    return new Problem(413, 'body-too-large', { params: { limitBytes } });
  }
  if (type === 'request.aborted') return new Problem(400, 'request-aborted');
  if (status === 415)
    return new Problem(415, 'unsupported-media-type', { params: { expected: 'application/json' } });
  return status !== undefined && status >= 400 && status < 500
    ? new Problem(status, 'invalid-request')
    : undefined;
}

/** Turns whatever was thrown into a problem; undefined = our own fault. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof IntakeRefused)
    return error.status === 404
      ? new Problem(404, 'not-found', {
          params: { what: String(error.params['what'] ?? error.code.replace('unknown-', '')) },
        })
      : new Problem(error.status, 'refused-by-facts', {
          reasons: [{ code: error.code, clause: 'T3.6', params: error.params }],
        });
  if (error instanceof SystemUnavailable)
    return new Problem(503, 'system-unavailable', {
      params: { system: error.system },
      headers: { 'retry-after': String(Math.ceil((error.retryAfterMs ?? 5_000) / 1_000)) },
    });
  if (error instanceof SystemRefused)
    return new Problem(502, 'system-refused', { params: { system: error.system, systemCode: error.code } });
  if (sqlState(error) === NOT_TEXT) return new Problem(400, 'invalid-request');
  return typeof error === 'object' && error !== null ? parserProblem(error) : undefined;
}

/** An error for the log: what a database adds of the row at fault stays out. */
const tellError = (error: unknown): Record<string, string> =>
  error instanceof Error
    ? { name: error.name, code: sqlState(error), stack: maskPersonal(error.stack ?? error.message) }
    : { name: typeof error };

/** The one writer of problem+json: stable type, words in the reader's language, every reason with its clause. */
export function writeProblem(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const known = problemOf(error);
    const problem = known ?? new Problem(500, 'internal-error');
    const lang = langOf(request.get('accept-language'));
    const requestId = String(response.getHeader('x-request-id') ?? '');
    if (known === undefined) log.error({ requestId, error: tellError(error) }, 'request failed');
    const { title, detail } = problemText(problem.code, lang, problem.params);
    for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
    response
      .status(problem.status)
      .type('application/problem+json')
      .set('content-language', lang === 'zh' ? 'zh-CN' : 'en')
      .send(
        JSON.stringify({
          type: typeOf(problem.code),
          title,
          status: problem.status,
          detail,
          code: problem.code,
          requestId,
          ...(problem.reasons.length > 0
            ? { reasons: problem.reasons.map((reason) => ({ ...reason, text: refusalText(reason, lang) })) }
            : {}),
          ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
        }),
      );
  };
}
