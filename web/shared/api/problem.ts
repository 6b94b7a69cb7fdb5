import { fill, lang } from '../i18n/i18n.ts';
import { PROBLEM_TEXTS } from '../texts/problems.ts';

export interface ShownReason {
  code: string;
  clause: string;
  text: string;
}

/** What the API said instead of the answer, in the reader's language; also what happens when it says nothing at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly reasons: readonly ShownReason[];
  readonly errors: readonly { field: string; reason: string }[];
  readonly requestId: string;
  readonly retryAfterSeconds: number | undefined;
  constructor(
    from: Partial<Omit<ApiProblem, 'retryAfterSeconds'>> & { status: number },
    retryAfterSeconds?: number,
  ) {
    super(from.title ?? `HTTP ${from.status}`);
    this.status = from.status;
    this.code = from.code ?? 'unknown';
    this.title = from.title ?? `HTTP ${from.status}`;
    this.detail = from.detail ?? '';
    this.reasons = from.reasons ?? [];
    this.errors = from.errors ?? [];
    this.requestId = from.requestId ?? '';
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** What the reader can do now. */
  get whatNow(): string {
    const known = PROBLEM_TEXTS[`now.${this.code}`] ?? PROBLEM_TEXTS[nowOf(this.status)];
    return fill(known?.[lang()] ?? '', { seconds: this.retryAfterSeconds ?? 30 });
  }
}

function nowOf(status: number): string {
  if (status === 0) return 'now.offline';
  if (status === 401) return 'now.sign-in';
  if (status === 403) return 'now.other-person';
  if (status === 404) return 'now.look-elsewhere';
  if (status === 409) return 'now.facts-changed';
  if (status === 429) return 'now.wait';
  return status >= 500 ? 'now.try-again' : 'now.mend-input';
}

/** The network gave no answer: nothing is known of whether the request arrived. */
export function offlineProblem(): ApiProblem {
  const text = (key: string): string => PROBLEM_TEXTS[key]?.[lang()] ?? key;
  return new ApiProblem({
    status: 0,
    code: 'offline',
    title: text('offline.title'),
    detail: text('offline.detail'),
  });
}

export const problemOf = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem({
        status: 500,
        code: 'page-error',
        title: error instanceof Error ? error.message : String(error),
      });
