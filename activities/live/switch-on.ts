import { caseOffsetMs } from '../../db/case-clock.ts';
import { recordRestored } from '../../intake/restorations/record-restored.ts';
import type { RemoteOutcome, RestorationMoment } from '../contract.ts';
import { act, companyScope, iso, type ActivityDeps } from '../deps.ts';
import { switchRemotely } from './switch-remotely.ts';

const COMMAND_LIFE_MS = 10 * 60_000;

/**
 * Switches supply on again from afar. Only voltage behind the relay is proof (T3.3): a closed relay without voltage is a
 * matter for a crew. @throws SystemUnavailable while the meter cannot be read
 */
export const switchOn =
  (deps: ActivityDeps) =>
  async (at: RestorationMoment & { round: number }): Promise<RemoteOutcome> => {
    const { stop, offsetMs } = await act(deps, at, async (tx) => ({
      stop: await tx.row<{ meter_no: string; in_force: boolean; is_unsafe: boolean }>(
        `select meter_no, in_force, exists (select from restorations r where r.stop_id = s.stop_id
                                               and r.safety_danger_at is not null) as is_unsafe
           from stops s where stop_id = $1`,
        [at.stopId],
      ),
      offsetMs: await caseOffsetMs(tx, at.accountId),
    }));
    if (stop === undefined) throw new Error(`stop ${at.stopId} is not stored`);
    if (!stop.in_force) return 'executed';
    // The customer has said that it is dangerous: a crew looks before it switches on.
    if (stop.is_unsafe) return 'failed';
    const command = {
      commandId: `${at.stopId}/on/${at.round}`,
      meterNo: stop.meter_no,
      action: 'close',
      expiresAt: iso(at.nowMs + COMMAND_LIFE_MS - offsetMs),
    } as const;
    const result = await switchRemotely(deps.systems.meter, command, () => Promise.resolve(true));
    if (result.outcome === 'failed' || !result.voltagePresent) return 'failed';
    await recordRestored(
      { db: deps.db, vault: deps.vault, scope: companyScope(at) },
      {
        stopId: at.stopId,
        by: 'remote',
        proof: { kind: 'voltage', voltagePresent: true, readingKwh: result.readingKwh },
        occurredAt: iso(at.nowMs),
      },
    );
    return 'executed';
  };
