import { randomUUID } from 'node:crypto';
import { fc } from '../support/property.ts';
import type { Document, Operation, Parameter } from './document.ts';
import { NASTY_TEXTS, nastyJson } from './nasty.ts';
import { nearTo } from './near.ts';
import { valuesOf, type Known } from './values.ts';

/** How much is wrong with a request: nothing that the schemas know of, one value, or what is around the values. */
export type Kind = 'fitting' | 'near' | 'wild';

/** One request as it goes over the wire. */
export interface Wire {
  readonly kind: Kind;
  readonly method: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

const CSV_HEAD =
  '户号,户名,用电地址,供电区域,抄表中心,抄表员,电能表号,用电类别,账单号,电费年月,应收金额,出账日期,缴费截止日期';
/** Of an account that billing knows, too. */
const csvRow = (accountNo: string): string =>
  `${accountNo},王五,长江路18号,淮阴区,centre-1,reader-zhang,M9,居民,B-fuzz,2026-08,312.46,2026-09-01,2026-09-15`;
const nastyRows = fc.array(
  fc.array(fc.oneof(fc.constantFrom(...NASTY_TEXTS), fc.string()), { minLength: 1, maxLength: 12 }),
  { maxLength: 4 },
);
const filesOf = ({ accountNo = ['320800000000'] }: Known): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...accountNo), nastyRows).map(([no, rows]) => {
      const lines = [CSV_HEAD, csvRow(no), ...rows.map((row) => row.join(','))];
      return new Uint8Array(new TextEncoder().encode(lines.join('\n')));
    }),
    fc.uint8Array({ maxLength: 200 }).map((given) => new Uint8Array(given)),
  );

/** Cursors of the right form, whose keys are of any kind. */
const cursors = fc
  .array(fc.constantFrom(...NASTY_TEXTS, '2026-11-24T09:00:00.000Z', '1', '2026-11-24'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((keys) => Buffer.from(JSON.stringify(keys)).toString('base64url'));

const WILD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'idempotency-key': 'short' },
  { 'idempotency-key': 'has a space in it' },
  { 'accept-language': 'zh;q=abc,,;q=0,en;q=9' },
  { 'if-none-match': '*, W/"x", "' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'nonsense' },
  { 'x-request-id': '../../x' },
  { 'last-event-id': 'not-a-number' },
  { accept: 'application/xml' },
  { range: 'bytes=0-' },
];

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
// A path of dots alone is another path to every client, and an empty one another route.
const asSegment = (value: unknown): string => {
  const text = textOf(value).toWellFormed();
  return encodeURIComponent(/^\.{0,2}$/.test(text) ? 'nobody' : text);
};

function inPath(operation: Operation, values: Record<string, unknown>): string {
  return operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => asSegment(values[name]));
}

function inQuery(values: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) query.append(name, textOf(value).toWellFormed());
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** Values of all parameters at one place; those not asked for are sometimes left out. */
function parametersAt(
  document: Document,
  operation: Operation,
  place: Parameter['in'],
  known: Known,
): fc.Arbitrary<Record<string, unknown>> {
  const here = operation.parameters.filter((one) => one.in === place);
  return fc.record(
    Object.fromEntries(
      here.map(({ name, schema }) => [
        name,
        name === 'cursor' ? cursors : valuesOf(document, schema, known, name),
      ]),
    ),
    { requiredKeys: here.filter(({ required }) => required === true).map(({ name }) => name) },
  ) as fc.Arbitrary<Record<string, unknown>>;
}

type Parts = {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  body: string | Uint8Array | undefined;
  headers: Record<string, string>;
};

function wireOf(kind: Kind, operation: Operation, parts: Parts): Wire {
  const hasBody = parts.body !== undefined;
  return {
    kind,
    method: operation.method,
    address: `${inPath(operation, parts.path)}${inQuery(parts.query)}`,
    headers: {
      ...(operation.method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
      ...(hasBody ? { 'content-type': operation.body?.type ?? 'application/json' } : {}),
      ...parts.headers,
    },
    body: parts.body,
  };
}

/** Requests of one operation. What a town has is asked for by its real ids, or nothing below the schemas is ever reached. */
export function requestsOf(
  document: Document,
  operation: Operation,
  kind: Kind,
  known: Known,
): fc.Arbitrary<Wire> {
  const path = parametersAt(document, operation, 'path', known);
  const query = parametersAt(document, operation, 'query', known);
  const isJson = operation.body?.type === 'application/json';
  const json = valuesOf(document, operation.body?.schema ?? {}, known);
  const asText = (values: fc.Arbitrary<unknown>) => values.map((value) => JSON.stringify(value));
  const fitting: fc.Arbitrary<string | Uint8Array | undefined> = isJson
    ? asText(json)
    : operation.body === undefined
      ? fc.constant(undefined)
      : filesOf(known);
  const nearBody = isJson ? asText(nearTo(json)) : fitting;
  const bent = (values: fc.Arbitrary<Record<string, unknown>>) =>
    nearTo(values).map((value) => (typeof value === 'object' && value !== null ? { ...value } : {}));
  const none = fc.constant<Record<string, string>>({});
  const parts: Readonly<Record<Kind, fc.Arbitrary<Parts>>> = {
    fitting: fc.record({ path, query, body: fitting, headers: none }),
    near: isJson
      ? fc.record({ path, query, body: nearBody, headers: none })
      : fc.record({ path: bent(path), query: bent(query), body: nearBody, headers: none }),
    wild: fc.record({
      path: bent(path),
      query: bent(query),
      body: isJson ? asText(json).chain(nastyJson) : fitting,
      headers: fc.constantFrom(...WILD_HEADERS),
    }),
  };
  return parts[kind].map((one) => wireOf(kind, operation, one));
}
