/** Takes one line of progress for a person. */
export type Report = (line: string) => void;

/** Says nothing. */
export const silent: Report = () => undefined;

/** Writes each line with the seconds since it was made. */
export function timedReport(write: (text: string) => void = (text) => process.stdout.write(text)): Report {
  const startedMs = performance.now();
  return (line) => {
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    write(`${seconds.padStart(6)} s  ${line}\n`);
  };
}

/** Error of unknown shape as a sentence. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
