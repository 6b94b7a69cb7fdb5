export const RECORD_KINDS = [
  'theft',
  'violation',
  'inspection',
  'equipment',
  'cooperation',
  'breach',
  'external',
  'honour',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export const RECORD_OUTCOMES = ['passed', 'failed', 'good', 'bad'] as const;
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number];

export type RecordFault =
  'outcome-missing' | 'outcome-does-not-fit' | 'basis-missing' | 'description-missing';

const OUTCOMES: Readonly<Partial<Record<RecordKind, readonly RecordOutcome[]>>> = {
  inspection: ['passed', 'failed'],
  equipment: ['passed', 'failed'],
  cooperation: ['good', 'bad'],
  external: ['good', 'bad'],
};

/** What is missing or wrong about a record, whoever brings it (K4.1, K4.2): an outside record needs the ground on which it is held. */
export function recordFaults(record: {
  kind: RecordKind;
  outcome?: RecordOutcome | undefined;
  source: 'own' | 'authority' | 'customer';
  legalBasis?: string | undefined;
  description: string;
}): RecordFault[] {
  const allowed = OUTCOMES[record.kind];
  const faults: RecordFault[] = [];
  if (allowed !== undefined && record.outcome === undefined) faults.push('outcome-missing');
  if (record.outcome !== undefined && allowed?.includes(record.outcome) !== true)
    faults.push('outcome-does-not-fit');
  const isOutside = record.source === 'authority' || record.kind === 'external';
  if (isOutside && (record.legalBasis ?? '').trim() === '') faults.push('basis-missing');
  if (record.description.trim() === '') faults.push('description-missing');
  return faults;
}
