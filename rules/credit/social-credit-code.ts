/** Letters of a unified social credit code, in the order of their values (GB 32100-2015): no I, O, S, V, Z. */
const LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 18;

/** 3^n modulo 31, the weight of the nth letter. */
const WEIGHTS = Array.from({ length: LENGTH - 1 }).reduce<number[]>(
  (weights, _, n) => [...weights, n === 0 ? 1 : ((weights[n - 1] ?? 0) * 3) % 31],
  [],
);

/** The check letter of the first seventeen; undefined where a letter does not belong to such a code. */
export function checkLetterOf(seventeen: string): string | undefined {
  const values = [...seventeen].map((letter) => LETTERS.indexOf(letter));
  if (values.length !== LENGTH - 1 || values.includes(-1)) return undefined;
  const sum = values.reduce((total, value, n) => total + value * (WEIGHTS[n] ?? 0), 0);
  return LETTERS[(31 - (sum % 31)) % 31];
}

/** A unified social credit code as written, without spaces and in capitals. */
export const codeText = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

/** Whether a unified social credit code is one: eighteen letters, the last of which checks the others (H3). */
export function isSocialCreditCode(text: string): boolean {
  return (
    text.length === LENGTH &&
    /^[1-9A-GNY][1-59]\d{6}/.test(text) &&
    checkLetterOf(text.slice(0, -1)) === text.at(-1)
  );
}

/**
 * Whether the code's holder may be treated as a firm. A sole trader (个体工商户, 92…) is one natural person behind a shop sign:
 * for everything that is published or reported a person (L6) [D].
 */
export const isFirmCode = (text: string): boolean => isSocialCreditCode(text) && !text.startsWith('92');
