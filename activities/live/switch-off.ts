import { caseOffsetMs } from '../../db/case-clock.ts';
import { recordExecution } from '../../intake/crew/record-execution.ts';
import type { CaseMoment, RemoteOutcome } from '../contract.ts';
import { act, companyScope, iso, type ActivityDeps } from '../deps.ts';
import { switchRemotely } from './switch-remotely.ts';

/** Is the permit still good? A payment or a hold takes it back, and then no second command leaves (T2.6). */
const isGranted = (deps: ActivityDeps, at: CaseMoment & { permitId: string }): Promise<boolean> =>
  act(deps, at, async (tx) => {
    const permit = await tx.row<{ status: string }>('select status from permits where permit_id = $1', [
      at.permitId,
    ]);
    return permit?.status === 'granted';
  });

/**
 * Switches supply off at a fee-control meter under a permit; the command dies with the permit, however often it is tried, and is
 * not sent again once the permit is taken back. Executed is stored as any crew's execution is; failed ends this permit, so that a
 * crew has to ask for one of its own. @throws SystemUnavailable while it is not known what became of the command
 */
export const switchOff =
  (deps: ActivityDeps) =>
  async (
    at: CaseMoment & { ticketId: string; permitId: string; expiresAt: string },
  ): Promise<RemoteOutcome> => {
    const { ticket, offsetMs } = await act(deps, at, async (tx) => ({
      ticket: await tx.row<{ meter_no: string }>('select meter_no from tickets where ticket_id = $1', [
        at.ticketId,
      ]),
      offsetMs: await caseOffsetMs(tx, at.accountId),
    }));
    if (ticket === undefined) throw new Error(`ticket ${at.ticketId} is not stored`);
    // The permit ends in case time; the meter's own clock is real. A later try does not live longer.
    const command = {
      commandId: at.permitId,
      meterNo: ticket.meter_no,
      action: 'open',
      expiresAt: iso(Date.parse(at.expiresAt) - offsetMs),
    } as const;
    const result = await switchRemotely(deps.systems.meter, command, () => isGranted(deps, at));
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
