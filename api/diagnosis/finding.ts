import type { FindingCode } from '../texts/diagnosis-texts.ts';

/** One part of the service, looked at now. */
export interface PartFinding {
  readonly what: string;
  readonly code: FindingCode;
  readonly params: Readonly<Record<string, string | number>>;
}

const TIMEOUT_MS = 5_000;

export const fine = (what: string): PartFinding => ({ what, code: 'fine', params: {} });

/** What an answer may not carry to the screen: addresses with passwords in them. */
const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\/\/[^@\s/]+@/g, '//…@').slice(0, 200);

/** Asks a part; no answer within five seconds is none. */
export async function ask(
  what: string,
  setting: string,
  look: () => Promise<PartFinding | undefined>,
): Promise<PartFinding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
  });
  try {
    return (await Promise.race([look(), late])) ?? fine(what);
  } catch (error) {
    const fault = wordsOf(error);
    const code = /credentials|HTTP 40[13]/.test(fault) ? 'credentials-refused' : 'no-answer';
    return { what, code, params: { fault, setting } };
  } finally {
    clearTimeout(timer);
  }
}
