import { createHash } from 'node:crypto';

export const EVIDENCE_FORMAT = 'fudian-evidence/1';

/** One stored row, opened: column names as in the database. */
export type EvidenceRow = Record<string, unknown>;

/** Hashes of everything in the file, and one hash over them. Lower-case hex SHA-256. */
export interface EvidenceManifest {
  parts: { name: string; rows: number; sha256: string }[];
  files: { sha256: string; contentType: string; bytes: number }[];
  summary: string;
  /** Over everything above and the head of the file. */
  root: string;
}

/** All that proves one stop, in one file. */
export interface EvidenceFile {
  format: typeof EVIDENCE_FORMAT;
  stopId: string;
  caseId: string | null;
  companyId: string;
  /** Database time, ISO. */
  madeAt: string;
  madeBy: string;
  summary: string;
  parts: Record<string, EvidenceRow[]>;
  /** Signatures, photos, recordings: the bytes themselves. */
  files: { sha256: string; contentType: string; base64: string }[];
  manifest: EvidenceManifest;
  /** Ed25519 over the root; who knows the public key needs nobody's word. */
  seal: { publicKey: string; signature: string };
}

/** The hashes of signatures and photos that a row names: of a service in its column, of a stop or restoration in its proof. */
export function proofsNamed(row: EvidenceRow): string[] {
  const proof: unknown = row['proof'];
  const inside: unknown =
    typeof proof === 'object' && proof !== null ? Reflect.get(proof, 'proofs') : undefined;
  return [row['proof_sha256'], inside].flatMap((named) => (Array.isArray(named) ? named.map(String) : []));
}

/** Keys in alphabetical order at every depth, two spaces, one newline at the end: one value, one text. */
export function canonical(value: unknown): string {
  const sorted = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(sorted);
    if (typeof inner !== 'object' || inner === null) return inner;
    const entries = Object.entries(inner).filter(([, held]) => held !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, held]) => [key, sorted(held)]));
  };
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

export const sha256Hex = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** The manifest that a file must have. */
export function manifestOf(file: Omit<EvidenceFile, 'manifest' | 'seal'>): EvidenceManifest {
  const { format, stopId, caseId, companyId, madeAt, madeBy } = file;
  const hashes = {
    parts: Object.entries(file.parts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, rows]) => ({ name, rows: rows.length, sha256: sha256Hex(canonical(rows)) })),
    files: file.files.map(({ base64, contentType }) => {
      const bytes = Buffer.from(base64, 'base64');
      return { sha256: sha256Hex(bytes), contentType, bytes: bytes.length };
    }),
    summary: sha256Hex(file.summary),
  };
  const head = { format, stopId, caseId, companyId, madeAt, madeBy };
  return { ...hashes, root: sha256Hex(canonical({ head, ...hashes })) };
}
