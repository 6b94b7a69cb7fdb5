import type { KeyObject } from 'node:crypto';
import { EVIDENCE_FORMAT, manifestOf, type EvidenceFile, type EvidenceRow } from './format.ts';
import { sealRoot } from './seal.ts';
import { evidenceSummary } from './summary.ts';

/** Whole and sealed: what the file of one stop holds. */
export function assembleEvidence(order: {
  stop: { stopId: string; caseId: string | null; companyId: string };
  parts: Record<string, EvidenceRow[]>;
  files: EvidenceFile['files'];
  madeAt: string;
  madeBy: string;
  key: KeyObject;
}): EvidenceFile {
  const { stopId, caseId, companyId } = order.stop;
  const file = {
    format: EVIDENCE_FORMAT as typeof EVIDENCE_FORMAT,
    ...{ stopId, caseId, companyId, madeAt: order.madeAt, madeBy: order.madeBy },
    summary: evidenceSummary(order.parts),
    parts: order.parts,
    files: order.files,
  };
  const manifest = manifestOf(file);
  return { ...file, manifest, seal: sealRoot(order.key, manifest.root) };
}
