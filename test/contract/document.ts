/** A JSON schema as the document writes it. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** One operation of the served document, with what it says of itself and nothing that the source knows besides. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly roles: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly body: { readonly type: string; readonly schema: Schema } | undefined;
  /** By status; a response that is a reference is resolved. */
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface Raw {
  operationId: string;
  'x-roles': string[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { $ref?: string; content?: Content }>;
}

/** The served OpenAPI document, as far as it is read here. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Raw>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What stands at `#/a/b`. @throws Error where nothing stands there */
export function resolve<T>(document: Document, ref: string): T {
  const steps = ref.replace(/^#\//, '').split('/');
  const found = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], document);
  if (found === undefined) throw new Error(`the document has no ${ref}`);
  return found as T;
}

/** Every operation of the document. */
export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => {
      const [body] = Object.entries(raw.requestBody?.content ?? {});
      return {
        method: method.toUpperCase(),
        path,
        operationId: raw.operationId,
        roles: raw['x-roles'],
        parameters: raw.parameters ?? [],
        body: body === undefined ? undefined : { type: body[0], schema: body[1].schema },
        responses: Object.fromEntries(
          Object.entries(raw.responses).map(([status, one]) => [
            status,
            one.$ref === undefined ? one : resolve<{ content?: Content }>(document, one.$ref),
          ]),
        ),
      };
    }),
  );
}
