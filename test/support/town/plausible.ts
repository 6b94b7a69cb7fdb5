import { z } from 'zod';
import type { Route } from '../../../api/http/route.ts';

type Schema = Record<string, unknown>;

/** Which fields of an object are filled: those asked for, one at least, every one. */
const WIDTHS = ['least', 'one', 'all'] as const;
type Width = (typeof WIDTHS)[number];

function textOf(schema: Schema): string {
  const {
    format,
    pattern,
    minLength = 0,
  } = schema as { format?: string; pattern?: string; minLength?: number };
  if (format === 'date') return '2027-03-01';
  if (format === 'date-time') return '2026-11-24T09:00:00+08:00';
  if (format === 'uri') return 'https://example.com/x';
  if (pattern?.includes('[0-9a-f]{64}')) return 'a'.repeat(64);
  if (pattern?.includes('\\*')) return '*';
  return 'nobody'.padEnd(minLength, 'x');
}

function valueOf(schema: Schema, width: Width): unknown {
  const {
    type,
    anyOf,
    oneOf,
    enum: values,
    items,
    minItems,
  } = schema as {
    type?: string;
    anyOf?: Schema[];
    oneOf?: Schema[];
    enum?: unknown[];
    items?: Schema;
    minItems?: number;
  };
  if ('const' in schema) return schema['const'];
  if ('default' in schema && width !== 'all') return schema['default'];
  if (values !== undefined) return values[0];
  const either = anyOf?.[0] ?? oneOf?.[0];
  if (either !== undefined) return valueOf(either, width);
  if (type === 'object') return objectOf(schema, width);
  if (type === 'array')
    return Array.from({ length: minItems ?? (width === 'all' ? 1 : 0) }, () => valueOf(items ?? {}, width));
  if (type === 'integer' || type === 'number') return Math.max(1, Number(schema['minimum'] ?? 1));
  return type === 'boolean' ? false : type === 'null' ? null : textOf(schema);
}

function objectOf(schema: Schema, width: Width = 'least'): Record<string, unknown> {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  const all = Object.keys(properties);
  const names = width === 'all' ? all : width === 'one' && required.length === 0 ? all.slice(0, 1) : required;
  return Object.fromEntries(names.map((name) => [name, valueOf(properties[name] ?? {}, width)]));
}

const asked = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', metadata: z.registry() });

/** The smallest body that fits a route's schema; undefined where it takes none. */
export function bodyOf(route: Route): unknown {
  if (route.body === undefined) return undefined;
  const bodies = WIDTHS.map((width) => valueOf(asked(route.body as z.ZodType), width));
  return bodies.find((body) => route.body?.safeParse(body).success) ?? bodies[0];
}

/** Address of a route with values that fit but name nothing; `params` says otherwise. */
export function addressOf(route: Route, params: Record<string, string> = {}): string {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? String(objectOf(asked(route.params ?? z.object({})))[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(objectOf(asked(route.query ?? z.object({})))))
    query.set(name, String(value));
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
