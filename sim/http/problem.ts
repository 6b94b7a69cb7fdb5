import type { ErrorRequestHandler } from 'express';
import type { z } from 'zod';

/** An answer other than success: status, stable code, words. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The value in the schema's shape. @throws HttpProblem 400 `bad-request` that names every fault */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new HttpProblem(400, 'bad-request', faults.join('; '));
}

/** Writes every error of the district's own systems as `{code, message}`. */
export function problemWriter(report: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof HttpProblem) {
      response.status(error.status).json({ code: error.code, message: error.message });
      return;
    }
    const status = statusOf(error);
    if (status === undefined) report(error);
    const message = error instanceof Error ? error.message : String(error);
    response.status(status ?? 500).json({ code: status ? 'bad-request' : 'broken', message });
  };
}

/** Body parsers of Express mark what the caller did wrong with a 4xx `status`. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
