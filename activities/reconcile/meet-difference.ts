import { putDifference } from '../../db/reconciliation/store.ts';
import type { Finding } from '../../db/watch/finding.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import type { ReconcileAt } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';

/**
 * Writes a difference down and mends it where that is known how; in a dry run it only says that it would. What cannot be mended
 * stays for people.
 */
export async function meetDifference(
  deps: ActivityDeps,
  at: ReconcileAt,
  finding: Finding,
  mend?: () => Promise<void>,
): Promise<void> {
  const put = (action: Parameters<typeof putDifference>[3], detail = finding.detail) =>
    act(deps, at, (tx) => putDifference(tx, at, { ...finding, detail }, action));
  if (mend === undefined) return put('reported');
  if (at.dryRun) return put('would-mend');
  // First the row: a crash in between leaves a difference that is looked at again, never a silent repair.
  await put('mending');
  try {
    await mend();
  } catch (error) {
    return put('not-mended', { ...finding.detail, fault: error instanceof Error ? error.name : 'unknown' });
  }
  await act(deps, at, async (tx) => {
    await putDifference(tx, at, finding, 'mended');
    const accountId = finding.accountId ?? `desk/${at.companyId}`;
    await keepRecord(
      tx,
      { companyId: at.companyId, accountId, openCase: null },
      {
        action: 'difference.mended',
        caseId: finding.caseId,
        factId: `${at.reconciliationId}/${finding.kind}/${finding.subjectId}`,
        actor: 'fudian',
        occurredAt: iso(Date.now()),
        body: {
          reconciliationId: at.reconciliationId,
          kind: finding.kind,
          subjectId: finding.subjectId,
          ...finding.detail,
        },
      },
    );
  });
}
