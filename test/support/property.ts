import fc from 'fast-check';

const given = process.env['FUDIAN_SEED'];

/** Seed of this process: FUDIAN_SEED repeats a run; else drawn once. */
export const seed: number = given === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(given);

type Values<Ts extends unknown[]> = { [K in keyof Ts]: fc.Arbitrary<Ts[K]> };

const report = (message: string | undefined): void => {
  if (message !== undefined) throw new Error(`Play it again with FUDIAN_SEED=${seed}\n${message}`);
};

/**
 * Asserts a law for `runs` random values. A failure names the seed and the smallest counterexample;
 * `FUDIAN_SEED=<seed>` plays the same values again.
 */
export function forAll<Ts extends unknown[]>(
  arbitraries: Values<Ts>,
  holds: (...values: Ts) => boolean | void,
  runs = 200,
): void {
  const property = fc.property(fc.tuple<Ts>(...arbitraries), (values) => holds(...values));
  report(fc.defaultReportMessage(fc.check(property, { seed, numRuns: runs })));
}

/** The same for a law whose check has to wait. */
export async function forAllAsync<Ts extends unknown[]>(
  arbitraries: Values<Ts>,
  holds: (...values: Ts) => Promise<boolean | void>,
  runs = 50,
): Promise<void> {
  const property = fc.asyncProperty(fc.tuple<Ts>(...arbitraries), (values) => holds(...values));
  report(await fc.asyncDefaultReportMessage(await fc.check(property, { seed, numRuns: runs })));
}

export { fc };
