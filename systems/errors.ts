/** An outside system could not be reached, or answered 5xx / 429 / nonsense: nothing is known, try again. */
export class SystemUnavailable extends Error {
  override readonly name = 'SystemUnavailable';
  readonly system: string;
  /** What the system asked us to wait before the next try, if it said so. */
  readonly retryAfterMs: number | undefined;
  constructor(system: string, detail: string, retryAfterMs?: number) {
    super(`${system}: ${detail}`);
    this.system = system;
    this.retryAfterMs = retryAfterMs;
  }
}

/** An outside system understood the request and refused it: trying again with the same words is useless. */
export class SystemRefused extends Error {
  override readonly name = 'SystemRefused';
  readonly system: string;
  /** The system's own code, e.g. Twilio 21211. */
  readonly code: string;
  constructor(system: string, code: string, detail: string) {
    super(`${system}: ${code}: ${detail}`);
    this.system = system;
    this.code = code;
  }
}
