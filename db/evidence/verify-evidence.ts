import {
  canonical,
  EVIDENCE_FORMAT,
  manifestOf,
  proofsNamed,
  sha256Hex,
  type EvidenceFile,
} from './format.ts';
import { bytesOf, isSealed } from './seal.ts';

/** One thing that is wrong with a file, in words. */
export type EvidenceFault = string;

interface AuditRow {
  company_id: string;
  chain_id: string;
  n: number;
  actor: string;
  action: string;
  body_text: string;
  occurred_text: string;
  recorded_text: string;
  prev_hash: string;
  hash: string;
}

const SEPARATOR = '\u001f';

/** The chain of the case, hash by hash, as the database linked it. */
function chainFaults(rows: readonly AuditRow[]): EvidenceFault[] {
  const faults: EvidenceFault[] = [];
  const lastOf = new Map<string, { n: number; hash: string }>();
  for (const row of rows) {
    const before = lastOf.get(row.chain_id) ?? { n: 0, hash: '' };
    const line = [row.prev_hash, row.company_id, row.chain_id, String(row.n), row.actor, row.action];
    const hash = sha256Hex([...line, row.body_text, row.occurred_text, row.recorded_text].join(SEPARATOR));
    if (row.n !== before.n + 1 || row.prev_hash !== before.hash)
      faults.push(`history: line ${row.n} does not follow the line before it`);
    if (hash !== row.hash) faults.push(`history: line ${row.n} is not what it was`);
    lastOf.set(row.chain_id, { n: row.n, hash: row.hash });
  }
  return faults;
}

/** Every proof that a row names must be in the file. */
function missingProofs(file: EvidenceFile): EvidenceFault[] {
  const there = new Set(file.files.map(({ sha256 }) => sha256));
  return Object.entries(file.parts).flatMap(([name, rows]) =>
    rows
      .flatMap(proofsNamed)
      .filter((hash) => !there.has(hash))
      .map((hash) => `${name}: proof ${hash} is not in the file`),
  );
}

/** Bytes that are no UTF-8 are not replaced by something else that is. */
const textOf = (given: string | Uint8Array): string =>
  typeof given === 'string'
    ? given
    : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(given);

function parse(given: string | Uint8Array): { file: EvidenceFile; text: string } | undefined {
  try {
    const text = textOf(given);
    const value: unknown = JSON.parse(text);
    const isOurs =
      typeof value === 'object' && value !== null && Reflect.get(value, 'format') === EVIDENCE_FORMAT;
    return isOurs ? { file: value as EvidenceFile, text } : undefined;
  } catch {
    return undefined;
  }
}

/** The file made of nothing but what the format knows: what was added to it is not in it. */
function known(file: EvidenceFile): EvidenceFile {
  const { format, stopId, caseId, companyId, madeAt, madeBy, summary, parts, manifest } = file;
  const files = file.files.map(({ sha256, contentType, base64 }) => ({ sha256, contentType, base64 }));
  const seal = { publicKey: file.seal.publicKey, signature: file.seal.signature };
  return { format, stopId, caseId, companyId, madeAt, madeBy, summary, parts, files, manifest, seal };
}

/**
 * Everything wrong with an evidence file; none = not a byte of it has changed since it was sealed. With `publicKey` the seal
 * must be of that key: without it, only that it is whole.
 */
export function verifyEvidence(given: string | Uint8Array, publicKey?: string): EvidenceFault[] {
  const parsed = parse(given);
  if (parsed === undefined) return [`not a file of the form ${EVIDENCE_FORMAT}`];
  const { file, text } = parsed;
  try {
    const expected = manifestOf(file);
    return [
      ...(canonical(known(file)) === text ? [] : ['the text is not in its canonical form']),
      ...(canonical(expected) === canonical(file.manifest) ? [] : differences(expected, file)),
      ...file.files
        .filter(({ sha256, base64 }, at) => expected.files[at]?.sha256 !== sha256 || !bytesOf(base64))
        .map(({ sha256 }) => `proof ${sha256} is not what it was`),
      ...(isSealed(file.manifest.root, file.seal) ? [] : ['the seal does not belong to this file']),
      ...(publicKey === undefined || publicKey === file.seal.publicKey ? [] : ['sealed with another key']),
      ...missingProofs(file),
      ...chainFaults((file.parts['audit'] ?? []) as unknown as AuditRow[]),
    ];
  } catch {
    return ['parts of the file are missing'];
  }
}

function differences(expected: EvidenceFile['manifest'], { manifest }: EvidenceFile): EvidenceFault[] {
  const listed = new Map(manifest.parts.map(({ name, sha256 }) => [name, sha256]));
  const changed = expected.parts
    .filter(({ name, sha256 }) => listed.get(name) !== sha256)
    .map(({ name }) => `${name} is not what it was`);
  const gone = manifest.parts
    .filter(({ name }) => !expected.parts.some((part) => part.name === name))
    .map(({ name }) => `${name} is missing`);
  const faults = [
    ...changed,
    ...gone,
    ...(expected.summary === manifest.summary ? [] : ['the summary is not what it was']),
  ];
  return faults.length > 0 ? faults : ['the manifest does not belong to this file'];
}
