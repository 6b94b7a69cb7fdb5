import { recordExecution } from '../../intake/crew/record-execution.ts';
import type { CaseMoment, RemoteOutcome } from '../contract.ts';
import { act, companyScope, iso, type ActivityDeps } from '../deps.ts';
import { switchRemotely } from './switch-remotely.ts';

/**
 * Switches supply off at a fee-control meter under a permit; the command dies with the permit. Executed is stored as any
 * crew's execution is; failed ends this permit, so that a crew has to ask for one of its own.
 * @throws SystemUnavailable while neither command nor relay can be read
 */
export const switchOff =
  (deps: ActivityDeps) =>
  async (
    at: CaseMoment & { ticketId: string; permitId: string; expiresAt: string },
  ): Promise<RemoteOutcome> => {
    const ticket = await act(deps, at, (tx) =>
      tx.row<{ meter_no: string }>('select meter_no from tickets where ticket_id = $1', [at.ticketId]),
    );
    if (ticket === undefined) throw new Error(`ticket ${at.ticketId} is not stored`);
    // The permit ends in case time; the meter's own clock is real.
    const lifeMs = Date.parse(at.expiresAt) - at.nowMs;
    const result = await switchRemotely(deps.systems.meter, {
      commandId: at.permitId,
      meterNo: ticket.meter_no,
      action: 'open',
      expiresAt: iso(Date.now() + lifeMs),
    });
    if (result.outcome === 'failed') {
      await act(deps, at, (tx) =>
        tx.run(`update permits set status = 'expired' where permit_id = $1 and status = 'granted'`, [
          at.permitId,
        ]),
      );
      return 'failed';
    }
    await recordExecution(
      { db: deps.db, vault: deps.vault, scope: companyScope(at) },
      {
        ticketId: at.ticketId,
        permitId: at.permitId,
        crewId: 'remote',
        meterNo: ticket.meter_no,
        readingKwh: result.readingKwh,
        proofs: [],
        method: 'remote',
        occurredAt: iso(at.nowMs),
      },
    );
    return 'executed';
  };
