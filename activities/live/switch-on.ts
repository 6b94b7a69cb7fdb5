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
    const stop = await act(deps, at, (tx) =>
      tx.row<{ meter_no: string; in_force: boolean }>(
        'select meter_no, in_force from stops where stop_id = $1',
        [at.stopId],
      ),
    );
    if (stop === undefined) throw new Error(`stop ${at.stopId} is not stored`);
    if (!stop.in_force) return 'executed';
    const result = await switchRemotely(deps.systems.meter, {
      commandId: `${at.stopId}/on/${at.round}`,
      meterNo: stop.meter_no,
      action: 'close',
      expiresAt: iso(Date.now() + COMMAND_LIFE_MS),
    });
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
