import type { Tx } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import type { MatterKind } from '../../workflows/messages.ts';

/** A matter of credit that a workflow sees through. */
export interface MatterOf {
  companyId: string;
  centreId: string;
  accountId: string;
  kind: MatterKind;
  subjectId: string;
}

/** Starts the workflow of a matter after commit; once, however often. */
export async function startMatter(tx: Tx, of: MatterOf): Promise<void> {
  const { companyId, centreId, accountId, kind, subjectId } = of;
  await putOutbox(tx, companyId, {
    kind: 'start-matter',
    key: `start-matter/${kind}/${subjectId}`,
    payload: { kind, input: { companyId, centreId, accountId, subjectId } },
  });
}

/** Tells a matter that a fact about it is stored. */
export async function tellMatter(
  tx: Tx,
  of: Omit<MatterOf, 'centreId'>,
  fact: { kind: string; factId: string },
): Promise<void> {
  await putOutbox(tx, of.companyId, {
    kind: 'signal-matter',
    key: `signal-matter/${of.kind}/${of.subjectId}/${fact.kind}/${fact.factId}`,
    payload: { kind: of.kind, subjectId: of.subjectId, signal: fact },
  });
}
