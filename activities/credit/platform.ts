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
    const { verdict, read, isAsSigned } = await mayLeave(
      tx,
      deps,
      { accountId: of.account_id, nowMs: at.nowMs },
      row,
    );
    const { firm, subject } = read;
    if (
      verdict.outcome !== 'permitted' ||
      !isAsSigned ||
      firm === null ||
      subject === null ||
      row.served_at === null
    )
      return null;
    const basis = await tx.row<{ document: string; article: string }>(
      'select document, article from legal_bases where basis_id = $1',
      [row.basis_id],
    );
    if (basis === undefined) return null;
    // Kept before it leaves: whatever becomes of the answer, the platform may have it from here on.
    await tx.run(
      'update credit_exports set attempted_at = coalesce(attempted_at, clock_timestamp()) where export_id = $1',
      [at.exportId],
    );
    const record: PlatformRecord = {
      ...{ recordKey: at.exportId, kind: row.kind, ...firm },
      ...{ statedOn: subject.statedOn, statement: subject.statement, legalBasis: basis },
      noticeServedOn: civilDateAt(Date.parse(row.served_at)),
    };
    return record;
  });
}

/** The database's own guard (L6): whoever is no verified firm any more, or whose basis is gone. */
const isGuarded = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23514';

/** Moves on to what the platform says; where that may not stand any more, the record is taken back. */
async function stand(
  deps: ActivityDeps,
  at: ExportMoment,
  from: 'approved' | 'sent',
  to: string,
): Promise<number> {
  const move = (status: string) =>
    act(deps, at, (tx) =>
      tx.run(
        `update credit_exports set status = $3, acknowledged_at = case when $3 = 'acknowledged' then clock_timestamp() end,
                withdraw_reason = case when $3 = 'withdrawing' then 'no-longer-true' end,
                withdrawn_by = case when $3 = 'withdrawing' then 'fudian' end
          where export_id = $1 and status = $2`,
        [at.exportId, from, status],
      ),
    );
  try {
    return await move(to);
  } catch (error) {
    if (!isGuarded(error)) throw error;
    await move('withdrawing');
    return 0;
  }
}

/** A commitment says of itself when it was reported (H5), and nobody has to see to that any more. */
const noteCommitment = (deps: ActivityDeps, at: ExportMoment, commitmentId: string): Promise<void> =>
  act(deps, at, async (tx) => {
    await tx.run('update credit_commitments set reported_at = clock_timestamp() where commitment_id = $1', [
      commitmentId,
    ]);
    await tx.run(
      `update tasks set done_at = clock_timestamp(), outcome = 'reported' where task_id = $1 and done_at is null`,
      [`task/report/${commitmentId}`],
    );
  });

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
      // On its own, so that the id is kept whatever is decided of the record in this moment.
      await act(deps, at, (tx) =>
        tx.run(
          'update credit_exports set platform_id = $2, sent_at = coalesce(sent_at, clock_timestamp()) where export_id = $1',
          [at.exportId, platformId],
        ),
      );
      await stand(deps, at, 'approved', 'sent');
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
    else if ((await stand(deps, at, 'sent', 'acknowledged')) > 0 && row.kind === 'commitment')
      await noteCommitment(deps, at, row.subject_id);
  },
  async takeBackFromPlatform(at) {
    const row = await act(deps, at, (tx) =>
      tx.row<{ platform_id: string | null; status: string; withdraw_reason: string | null }>(
        'select platform_id, status, withdraw_reason from credit_exports where export_id = $1',
        [at.exportId],
      ),
    );
    if (row?.status !== 'withdrawing') return;
    const { creditPlatform } = deps.systems;
    // The answer may have been lost: the platform knows the record by its key.
    const platformId = row.platform_id ?? (await creditPlatform.find(at.exportId))?.platformId;
    if (platformId !== undefined)
      await creditPlatform.withdraw(platformId, {
        recordKey: at.exportId,
        reason: row.withdraw_reason ?? 'withdrawn',
      });
    await act(deps, at, (tx) =>
      tx.run(
        `update credit_exports set status = 'withdrawn', withdrawn_at = clock_timestamp(), platform_id = $2
          where export_id = $1 and status = 'withdrawing'`,
        [at.exportId, platformId ?? null],
      ),
    );
  },
});
