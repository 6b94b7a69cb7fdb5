import { heartbeat, sleep } from '@temporalio/activity';
import { SystemUnavailable } from '../../systems/errors.ts';
import type { MeterPort } from '../../systems/meter/port.ts';
import type { RemoteOutcome } from '../contract.ts';

const POLL_MS = 1_000;
const POLLS = 30;

/**
 * Sends one switching command and finds out what became of it: the command's own status first, the relay itself where
 * that stays unknown. `failed` is only said when the relay is known not to have moved.
 * @throws SystemUnavailable when neither can be read: unknown is not failed
 */
export async function switchRemotely(
  meter: MeterPort,
  command: { commandId: string; meterNo: string; action: 'open' | 'close'; expiresAt: string },
): Promise<{ outcome: RemoteOutcome; readingKwh: number; voltagePresent: boolean }> {
  try {
    await meter.command(command);
  } catch (error) {
    // Cut off after the command went out: only the meter itself can tell.
    if (!(error instanceof SystemUnavailable)) throw error;
  }
  let status = await meter.commandStatus(command.meterNo, command.commandId).catch(() => 'unknown' as const);
  for (let poll = 0; status === 'pending' && poll < POLLS; poll += 1) {
    heartbeat(poll);
    await sleep(POLL_MS);
    status = await meter.commandStatus(command.meterNo, command.commandId).catch(() => 'unknown' as const);
  }
  const state = await meter.read(command.meterNo);
  const wanted = command.action === 'open' ? 'open' : 'closed';
  const isExecuted = state.relay === wanted;
  if (!isExecuted && (status === 'pending' || status === 'unknown')) {
    throw new SystemUnavailable(
      'meter',
      `command ${command.commandId} is ${status} and the relay has not moved yet`,
    );
  }
  return {
    outcome: isExecuted ? 'executed' : 'failed',
    readingKwh: state.readingKwh,
    voltagePresent: state.voltagePresent,
  };
}
