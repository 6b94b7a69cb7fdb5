const answerTimeoutMs = 15_000;

/** What came of one POST; `refused` means that the other side answered, but not with 2xx. */
export interface PostOutcome {
  ok: boolean;
  refused: boolean;
  /** Status and beginning of the answer, or why there was none. */
  answer: string;
  /** Body of the answer. */
  text: string;
}

/** Posts once and reads the answer; a failure is an outcome, only closing (`signal`) throws. */
export async function postWebhook(post: {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}): Promise<PostOutcome> {
  try {
    const response = await fetch(post.url, {
      method: 'POST',
      headers: post.headers,
      body: post.body,
      redirect: 'manual',
      signal: AbortSignal.any([post.signal, AbortSignal.timeout(answerTimeoutMs)]),
    });
    const text = await response.text();
    return {
      ok: response.ok,
      refused: !response.ok,
      answer: `${response.status} ${text.slice(0, 500)}`,
      text,
    };
  } catch (error) {
    if (post.signal.aborted) throw error;
    return { ok: false, refused: false, answer: describe(error), text: '' };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
