const PATTERNS: readonly RegExp[] = [
  // Mail addresses.
  /[\w.+-]+@[\w-]+(\.[\w-]+)+/g,
  // Identity numbers, then phones of people, with or without the country.
  /(?<!\w)\d{17}[\dXx](?!\w)/g,
  /(?<!\w)(\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\w)/g,
];

/** What a log or a failure may say: words of other systems and of errors without phones, mail addresses and identity numbers (K4.3). */
export const maskPersonal = (text: string): string =>
  PATTERNS.reduce((masked, pattern) => masked.replace(pattern, '***'), text);
