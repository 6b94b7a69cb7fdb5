import type { Reason } from '../../rules/verdict.ts';
import type { ProblemCode } from '../texts/problem-texts.ts';

/** One field of a request that is wrong: its path (`body.amountFen`) and why. */
export interface FieldFault {
  field: string;
  reason: string;
}

/** An answer that is not the asked-for one. Thrown anywhere below a route; one writer turns it into problem+json. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** A code with a text of its own, or a code that a rule or the procedure gave. */
  readonly code: ProblemCode | (string & {});
  readonly params: Readonly<Record<string, string | number>>;
  readonly reasons: readonly Reason[];
  readonly errors: readonly FieldFault[];
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: number,
    code: ProblemCode | (string & {}),
    more: {
      params?: Readonly<Record<string, string | number>>;
      reasons?: readonly Reason[];
      errors?: readonly FieldFault[];
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.params = more.params ?? {};
    this.reasons = more.reasons ?? [];
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** 404: nothing of that id that the caller may see. */
export const notFound = (what: string): Problem => new Problem(404, 'not-found', { params: { what } });

/** Passes a found row on. @throws Problem 404 `not-found` */
export function found<T>(row: T | undefined, what: string): T {
  if (row === undefined) throw notFound(what);
  return row;
}

/** SQLSTATE of what the database refused; empty for anything else. */
export const sqlState = (error: unknown): string =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : '';
