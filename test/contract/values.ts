import { fc } from '../support/property.ts';
import { resolve, type Document, type Schema } from './document.ts';
import { NASTY_TEXTS } from './nasty.ts';

/** What the town really has, by the name of the field that means it: `accountNo` → some account numbers. */
export type Known = Readonly<Record<string, readonly string[]>>;

const DEPTH = 5;
const SPARE_ITEMS = 2;

const instants = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Texts of a schema; a field of a known name mostly gets what is really there. */
function texts(schema: Schema, name: string, known: Known): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength } = schema as Record<string, never>;
  const real = known[name] ?? [];
  if (real.length > 0)
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...real) }, { weight: 1, arbitrary: plain() });
  return plain();

  function plain(): fc.Arbitrary<string> {
    if (format === 'date-time') return instants;
    if (format === 'date') return instants.map((at) => at.slice(0, 10));
    if (format === 'uri') return fc.webUrl();
    if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
    const longest = Math.max(minLength, Math.min(maxLength ?? 40, 40));
    const fits = (text: string) =>
      text.trim().length >= minLength && text.length <= (maxLength ?? Infinity) && !text.includes('\u0000');
    return fc
      .oneof(
        fc.string({ unit: 'grapheme', minLength, maxLength: longest }),
        fc.constantFrom(...NASTY_TEXTS, '核实无误', '12345678'),
      )
      .map((text) => (fits(text) ? text : '核实'.padEnd(minLength, '实').slice(0, maxLength ?? Infinity)));
  }
}

function numbers(schema: Schema): fc.Arbitrary<number> {
  const { minimum = -(2 ** 31), maximum = 2 ** 31 - 1 } = schema as { minimum?: number; maximum?: number };
  const top = Math.min(maximum, minimum + 2 ** 40);
  const near = fc.integer({ min: minimum, max: Math.min(top, minimum + 50) });
  return fc.oneof(near, fc.integer({ min: minimum, max: top }), fc.constantFrom(minimum, maximum));
}

/** Values that a schema lets through. */
export function valuesOf(
  document: Document,
  schema: Schema,
  known: Known,
  name = '',
  depth = DEPTH,
): fc.Arbitrary<unknown> {
  const inner = (one: Schema, as = name) => valuesOf(document, one, known, as, depth - 1);
  if (typeof schema['$ref'] === 'string')
    return valuesOf(document, resolve(document, schema['$ref']), known, name, depth);
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const either = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (either !== undefined) return fc.oneof(...either.map((one) => inner(one)));
  const { type } = schema;
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => inner({ ...schema, type: one as string })));
  if (type === 'object') return objects(schema, inner, depth);
  if (type === 'array') {
    const {
      items = {},
      minItems = 0,
      maxItems = minItems + SPARE_ITEMS,
    } = schema as {
      items?: Schema;
      minItems?: number;
      maxItems?: number;
    };
    return fc.array(inner(items, name.replace(/s$/, '')), {
      minLength: minItems,
      maxLength: Math.min(maxItems, minItems + SPARE_ITEMS),
    });
  }
  if (type === 'integer') return numbers(schema);
  if (type === 'number') return fc.oneof(numbers(schema), fc.constant(Number(schema['minimum'] ?? 0) + 0.5));
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (type === 'string') return texts(schema, name, known);
  return fc.constantFrom<unknown>(null, 1, 'x', {});
}

function objects(
  schema: Schema,
  inner: (schema: Schema, name?: string) => fc.Arbitrary<unknown>,
  depth: number,
): fc.Arbitrary<unknown> {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = schema as {
    properties?: Record<string, Schema>;
    required?: string[];
    additionalProperties?: Schema | boolean;
  };
  const names = Object.keys(properties).filter((name) => depth > 0 || required.includes(name));
  const named = fc.record(
    Object.fromEntries(names.map((name) => [name, inner(properties[name] ?? {}, name)])),
    { requiredKeys: names.filter((name) => required.includes(name)) },
  );
  if (typeof additionalProperties !== 'object' || depth <= 0) return named;
  const more = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), inner(additionalProperties, ''), {
    maxKeys: 2,
  });
  return fc.tuple(named, more).map(([own, others]) => ({ ...others, ...own }));
}
