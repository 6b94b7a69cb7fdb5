import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { PROBLEM_CODES } from '../texts/problem-texts.ts';
import type { Route } from './route.ts';

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ examples: [...PROBLEM_CODES] }),
    requestId: z.string(),
    reasons: z
      .array(
        z.object({
          code: z.string(),
          clause: z.string(),
          text: z.string(),
          params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      )
      .optional(),
    errors: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'problem+json (RFC 9457) with every reason and its clause' });

const idempotencyKey = z.object({
  'Idempotency-Key': z
    .string()
    .min(8)
    .max(128)
    .meta({ description: 'One key per intended act; the same again gets the first answer.' }),
});

const problemContent = { 'application/problem+json': { schema: problem } };
const refusal = (id: string, description: string) => ({ id, description, content: problemContent });
const REFUSALS = {
  400: refusal('Invalid', 'A part of the request has not the declared shape; `errors` names each field'),
  401: refusal('NotSignedIn', 'No token, or none that is valid'),
  403: refusal('NotPermitted', 'Not for this role, company or person'),
  404: refusal('NotFound', 'Nothing of that name that the caller may see'),
  409: refusal('Refused', 'The facts do not allow it now; `reasons` says why'),
  413: refusal('TooLarge', 'The body is longer than what is read'),
  415: refusal('NotThatType', 'The body is of another content type'),
  422: refusal('NotAcceptable', 'Understood, and against a rule; `reasons` says which'),
  429: refusal('TooMany', 'Asked too often; `retry-after` says when to come again'),
  502: refusal('SystemRefused', 'A system outside took the question and refused it'),
  503: refusal('SystemUnavailable', 'A system outside, or the engine, cannot be reached'),
} as const;

/** The problems that a route can answer with; what stands here is all that a caller has to be ready for. */
const refusalsOf = (route: Route) =>
  Object.fromEntries(
    Object.entries(REFUSALS).filter(
      ([status]) =>
        !['413', '415'].includes(status) || route.body !== undefined || route.rawBody !== undefined,
    ),
  );

const openApiPath = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

function operation(route: Route): ZodOpenApiOperationObject {
  const answers = { description: route.summary.en };
  return {
    operationId: route.operationId,
    summary: `${route.summary.zh} · ${route.summary.en}`,
    description: `Roles: ${route.roles.join(', ')}`,
    'x-roles': [...route.roles],
    tags: [route.tag],
    security: [{ bearer: [] }],
    requestParams: {
      ...(route.params === undefined ? {} : { path: route.params }),
      ...(route.query === undefined ? {} : { query: route.query }),
      ...(route.method === 'get' || route.looks === true ? {} : { header: idempotencyKey }),
    },
    ...(route.rawBody === undefined && route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content:
              route.rawBody === undefined
                ? { 'application/json': { schema: route.body as z.ZodType } }
                : { [route.rawBody]: { schema: { type: 'string', format: 'binary' } } },
          },
        }),
    responses: {
      [String(route.status)]: {
        ...answers,
        content: { [route.answerType ?? 'application/json']: { schema: route.answer } },
      },
      ...(route.method === 'get' ? { 304: { description: 'As the caller knows it: `If-None-Match`' } } : {}),
      ...refusalsOf(route),
      default: { description: 'Problem', content: problemContent },
    },
  };
}

/** The OpenAPI 3.1 document of the declared routes: nothing is described that is not served, and the other way round. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Fudian 复电',
      version: '1',
      description:
        'Collects electricity arrears by the statutory sequence, without one wrongful stop, and brings the light back in time.',
    },
    servers: [{ url: publicUrl }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    paths,
  });
}
