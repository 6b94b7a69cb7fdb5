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

const openApiPath = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

function operation(route: Route): ZodOpenApiOperationObject {
  const answers = { description: route.summary.en };
  return {
    operationId: route.operationId,
    summary: `${route.summary.zh} · ${route.summary.en}`,
    description: `Roles: ${route.roles.join(', ')}`,
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
      default: { description: 'Problem', content: { 'application/problem+json': { schema: problem } } },
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
