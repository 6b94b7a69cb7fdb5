import { heartbeat, sleep } from '@temporalio/activity';
import { SystemUnavailable } from '../../systems/errors.ts';
import type { MeterPort } from '../../systems/meter/port.ts';
import type { RemoteOutcome } from '../contract.ts';

const POLL_MS = 1_000;
const POLLS = 30;

export interface RemoteCommand {
  commandId: string;
  meterNo: string;
  action: 'open' | 'close';
  /** ISO, the meter's own time; from then on the command moves nothing. */
  expiresAt: string;
}

type Status = Awaited<ReturnType<MeterPort['commandStatus']>>;

/** Waits until the command is no longer under way, as far as anybody can tell. */
async function settled(meter: MeterPort, command: RemoteCommand): Promise<Status> {
  for (let poll = 0; ; poll += 1) {
    heartbeat(poll);
    const status = await meter
      .commandStatus(command.meterNo, command.commandId)
      .catch(() => 'unknown' as const);
    if (status !== 'pending' || poll === POLLS) return status;
    await sleep(POLL_MS);
  }
}

/**
 * Sends one switching command, if it may still be sent, and finds out what became of it: the command's own status first, the
 * relay itself where that stays unknown. `failed` is only said when the relay is known not to have moved and cannot move any
 * more by this command. @throws SystemUnavailable when that is not known: unknown is not failed
 */
export async function switchRemotely(
  meter: MeterPort,
  command: RemoteCommand,
  maySend: () => Promise<boolean>,
): Promise<{ outcome: RemoteOutcome; readingKwh: number; voltagePresent: boolean }> {
  try {
    if (Date.now() < Date.parse(command.expiresAt) && (await maySend())) await meter.command(command);
  } catch (error) {
    // Cut off after the command went out: only the meter itself can tell.
    if (!(error instanceof SystemUnavailable)) throw error;
  }
  const status = await settled(meter, command);
  heartbeat('reading');
  const state = await meter.read(command.meterNo);
  const isExecuted = state.relay === (command.action === 'open' ? 'open' : 'closed');
  const isUnderWay = status === 'pending' || status === 'unknown';
  if (!isExecuted && isUnderWay && Date.now() < Date.parse(command.expiresAt)) {
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
