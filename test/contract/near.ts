import { fc } from '../support/property.ts';
import { nastyValue } from './nasty.ts';

type Place = readonly (string | number)[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))];
}

function changed(value: unknown, [step, ...rest]: Place, change: (old: unknown) => unknown): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((one: unknown, n) => (n === Number(step) ? changed(one, rest, change) : one));
  const fields = Object.entries(value as object).flatMap(([key, inner]) => {
    if (key !== step) return [[key, inner]];
    const next: unknown = changed(inner, rest, change);
    return next === undefined ? [] : [[key, next]];
  });
  return Object.fromEntries(fields) as unknown;
}

/** The same value with one thing wrong somewhere in it: another value, a field gone, a field too many. */
export const nearTo = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(values, fc.nat(), nastyValue, fc.constantFrom('other', 'other', 'gone', 'more'))
    .map(([value, n, nasty, how]) => {
      const places = placesIn(value);
      const place = places[n % places.length] ?? [];
      return changed(value, place, (old) => {
        if (how === 'gone' && place.length > 0) return undefined;
        if (how === 'more' && typeof old === 'object' && old !== null && !Array.isArray(old))
          return { ...old, [typeof nasty === 'string' && nasty !== '__proto__' ? nasty : 'more']: nasty };
        return nasty;
      });
    });
