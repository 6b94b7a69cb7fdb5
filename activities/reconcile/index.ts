import {
  closeReconciliation,
  notePart,
  openReconciliation,
  unmended,
} from '../../db/reconciliation/store.ts';
import { finishRun } from '../../db/watch/finish-run.ts';
import type { ReconcileActivities, ReconcileAt } from '../contract.ts';
import { act } from '../deps.ts';
import { settleAlarms } from '../watch/settle-alarms.ts';
import type { WatchDeps } from '../watch/watch-deps.ts';
import { compareBilling } from './compare-billing.ts';
import { compareMeters } from './compare-meters.ts';
import { comparePermits } from './compare-permits.ts';
import { compareTickets } from './compare-tickets.ts';
import { compareWorkflows } from './compare-workflows.ts';

/** Ends a comparison; what nobody mended stands as an alarm until a later one no longer finds it. */
const endReconciliation =
  (deps: WatchDeps) =>
  async (at: ReconcileAt): Promise<{ left: number }> => {
    const left = await act(deps, at, (tx) => unmended(tx, at.reconciliationId));
    const isWhole = await act(deps, at, (tx) =>
      tx.row(
        `select 1 from reconciliations where reconciliation_id = $1 and not jsonb_path_exists(parts, '$.* ? (@ == "failed")')`,
        [at.reconciliationId],
      ),
    );
    // A look that was cut off, or that mended nothing, knows nothing of what is mended.
    const kinds = isWhole === undefined || at.dryRun ? [] : ['difference'];
    if (!at.dryRun) await settleAlarms(deps, at, { kinds, findings: left, nowMs: Date.now() });
    await act(deps, at, async (tx) => {
      await closeReconciliation(tx, at.reconciliationId);
      if (!at.dryRun) await finishRun(tx, at.companyId, 'reconciliation', left.length);
    });
    return { left: left.length };
  };

/** The acts of a comparison of the books with everything around them. */
export const reconcileActs = (deps: WatchDeps): ReconcileActivities => ({
  beginReconciliation: (at) => act(deps, at, (tx) => openReconciliation(tx, at)),
  compareWorkflows: compareWorkflows(deps),
  comparePermits: comparePermits(deps),
  compareTickets: compareTickets(deps),
  compareBilling: compareBilling(deps),
  compareMeters: compareMeters(deps),
  notePart: (at) => act(deps, at, (tx) => notePart(tx, at.reconciliationId, at.part, at.compared)),
  endReconciliation: endReconciliation(deps),
});
