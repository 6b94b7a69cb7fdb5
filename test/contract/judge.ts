import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Document, type Operation, type Schema } from './document.ts';
import type { Wire } from './requests.ts';

/** What came back, whole. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** What is wrong with answers, by the document alone. */
export interface Judge {
  /** Each thing that is wrong with one answer; empty where nothing is. */
  faultsOf(operation: Operation, wire: Wire, answer: Answer): string[];
}

const PROBLEM = 'application/problem+json';
const MEDIA = /^[^;]+/;

/** Compiles the document's own schemas, closed ones as closed: a field that is not declared is a fault. */
export function judgeOf(document: Document): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const compiled = new Map<Schema, ValidateFunction>();
  const definitions = { components: document.components };
  function check(schema: Schema, value: unknown): string | undefined {
    const validate = compiled.get(schema) ?? ajv.compile({ ...definitions, ...schema });
    compiled.set(schema, validate);
    if (validate(value) === true) return undefined;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath ?? ''} ${error?.message ?? ''} ${JSON.stringify(error?.params ?? {})}`;
  }

  function contentFaults(operation: Operation, answer: Answer): string[] {
    const declared = operation.responses[String(answer.status)];
    if (declared === undefined) return [`status ${answer.status} is not declared`];
    if (declared.content === undefined)
      return answer.bytes.length === 0 ? [] : [`${answer.status} has a body and should have none`];
    const media = MEDIA.exec(answer.type)?.[0] ?? '';
    const content = declared.content[media];
    if (content === undefined) return [`${answer.status} is of type "${answer.type}", which is not declared`];
    if (!media.endsWith('json')) return answer.bytes.length === 0 ? [`${media} is empty`] : [];
    const text = new TextDecoder().decode(answer.bytes);
    const fault = check(content.schema, JSON.parse(text));
    return fault === undefined ? [] : [`${answer.status} is not of its schema:${fault}`];
  }

  function problemFaults(answer: Answer): string[] {
    if (answer.status < 400) return [];
    if (!answer.type.startsWith(PROBLEM)) return [`${answer.status} is no problem+json`];
    const problem = JSON.parse(new TextDecoder().decode(answer.bytes)) as Record<string, unknown>;
    const isWhole =
      problem['status'] === answer.status &&
      problem['type'] === `urn:fudian:problem:${String(problem['code'])}` &&
      [problem['title'], problem['detail'], problem['requestId']].every(
        (words) => typeof words === 'string' && words !== '',
      );
    return isWhole ? [] : [`a problem without all its words: ${JSON.stringify(problem)}`];
  }

  /** A body that its own schema refuses must not be taken, and one that it lets through not called misshapen. */
  function takenFaults(operation: Operation, wire: Wire, answer: Answer): string[] {
    if (operation.body?.type !== 'application/json' || typeof wire.body !== 'string') return [];
    if (wire.kind === 'wild') return [];
    const refused = check(operation.body.schema, JSON.parse(wire.body));
    if (refused !== undefined && answer.status < 300)
      return [`took a body that its schema refuses:${refused}`];
    return [];
  }

  return {
    faultsOf(operation, wire, answer) {
      if (answer.status >= 500) return [`${answer.status} ${new TextDecoder().decode(answer.bytes)}`];
      return [
        ...contentFaults(operation, answer),
        ...problemFaults(answer),
        ...takenFaults(operation, wire, answer),
      ];
    },
  };
}
