import { SystemRefused, SystemUnavailable } from '../../systems/errors.ts';
import type { PlatformRecord } from '../../systems/credit-platform/port.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { act, type ActivityDeps } from '../deps.ts';
import type { ExportMoment, PlatformActivities } from './matters-contract.ts';
import { mayLeave, readExport } from './look-at-export.ts';

/** What leaves, if it still may: asked under the account's lock, so that an objection filed meanwhile is seen. */
async function prepare(deps: ActivityDeps, at: ExportMoment & { nowMs: number }) {
  return act(deps, at, async (tx) => {
    const of = await tx.row<{ account_id: string }>(
      'select account_id from credit_exports where export_id = $1',
      [at.exportId],
    );
    if (of === undefined) throw new Error(`export ${at.exportId} is not stored`);
    await tx.row('select 1 from accounts where account_id = $1 for update', [of.account_id]);
    const row = await readExport(tx, at.exportId);
    if (row.status !== 'approved') return null;
    const { verdict, read } = await mayLeave(tx, deps, { accountId: of.account_id, nowMs: at.nowMs }, row);
    const { firm, subject } = read;
    if (verdict.outcome !== 'permitted' || firm === null || subject === null || row.served_at === null)
      return null;
    const basis = await tx.row<{ document: string; article: string }>(
      'select document, article from legal_bases where basis_id = $1',
      [row.basis_id],
    );
    if (basis === undefined) return null;
    const record: PlatformRecord = {
      ...{ recordKey: at.exportId, kind: row.kind, ...firm },
      ...{ statedOn: subject.statedOn, statement: subject.statement, legalBasis: basis },
      noticeServedOn: civilDateAt(Date.parse(row.served_at)),
    };
    return record;
  });
}

const refuse = (deps: ActivityDeps, at: ExportMoment, code: string): Promise<number> =>
  act(deps, at, (tx) =>
    tx.run(
      `update credit_exports set status = 'refused', refused_code = $2
        where export_id = $1 and status in ('approved', 'sent')`,
      [at.exportId, code],
    ),
  );

/** Acts on the public credit platform; one record per export, whatever is lost on the way (H4). */
export const platformActs = (deps: ActivityDeps): PlatformActivities => ({
  async reportToPlatform(at) {
    const record = await prepare(deps, at);
    if (record === null) return;
    try {
      const { platformId } = await deps.systems.creditPlatform.report(record);
      await act(deps, at, (tx) =>
        tx.run(
          `update credit_exports set platform_id = $2, sent_at = coalesce(sent_at, clock_timestamp()),
                  status = case when status = 'approved' then 'sent' else status end where export_id = $1`,
          [at.exportId, platformId],
        ),
      );
    } catch (error) {
      if (!(error instanceof SystemRefused)) throw error;
      await refuse(deps, at, error.code);
    }
  },
  async askPlatform(at) {
    const row = await act(deps, at, (tx) => readExport(tx, at.exportId));
    if (row.status !== 'sent' || row.platform_id === null) return;
    const { state, code } = await deps.systems.creditPlatform.stateOf(row.platform_id);
    if (state === 'received') throw new SystemUnavailable('credit-platform', 'not looked at yet');
    if (state === 'rejected') await refuse(deps, at, code ?? 'rejected');
    else
      await act(deps, at, (tx) =>
        tx.run(
          `update credit_exports set status = 'acknowledged', acknowledged_at = clock_timestamp()
            where export_id = $1 and status = 'sent'`,
          [at.exportId],
        ),
      );
  },
  async takeBackFromPlatform(at) {
    const row = await act(deps, at, (tx) =>
      tx.row<{ platform_id: string; status: string; withdraw_reason: string | null }>(
        'select platform_id, status, withdraw_reason from credit_exports where export_id = $1',
        [at.exportId],
      ),
    );
    if (row?.status !== 'withdrawing') return;
    await deps.systems.creditPlatform.withdraw(row.platform_id, {
      recordKey: at.exportId,
      reason: row.withdraw_reason ?? 'withdrawn',
    });
    await act(deps, at, (tx) =>
      tx.run(
        `update credit_exports set status = 'withdrawn', withdrawn_at = clock_timestamp()
          where export_id = $1 and status = 'withdrawing'`,
        [at.exportId],
      ),
    );
  },
});
