import { z } from 'zod';
import type { MeterPort } from '../../systems/meter/port.ts';
import type { Statements } from '../books/books.ts';
import type { SimContext } from '../context.ts';
import { HttpProblem } from '../http/problem.ts';
import type { MeterMode } from './meters.ts';
import { requireMeter } from './meters.ts';

type CommandStatus = Awaited<ReturnType<MeterPort['commandStatus']>>;

export const meterCommand = z.strictObject({
  commandId: z.string().min(1),
  action: z.enum(['open', 'close']),
  expiresAt: z.iso.datetime({ offset: true }),
});
type MeterCommand = z.output<typeof meterCommand>;

interface CommandRow {
  command_id: string;
  meter_no: string;
  action: 'open' | 'close';
  expires_at: string;
  status: CommandStatus;
}

const agendaKind = 'meter-commands';

/** What becomes of a command that reaches the meter: its status, and whether the relay moves. */
const outcomes: Record<
  Exclude<MeterMode, 'offline' | 'expires'>,
  { status: CommandStatus; moves: boolean }
> = {
  obeys: { status: 'done', moves: true },
  stuck: { status: 'failed', moves: false },
  lies: { status: 'done', moves: false },
  'unknown-done': { status: 'unknown', moves: true },
  'unknown-not-done': { status: 'unknown', moves: false },
};

/** Takes a command into the meter's queue; false when it had expired before it came. @throws HttpProblem 404, 409 `command-differs` */
export async function takeCommand(
  sim: SimContext,
  meterNo: string,
  command: MeterCommand,
): Promise<{ accepted: boolean }> {
  const meter = await requireMeter(sim.books, meterNo);
  const isLate = Date.parse(command.expiresAt) <= sim.clock.nowMs();
  const made = await sim.books.rows(
    `insert into meter_command (command_id, meter_no, action, expires_at, status) values ($1, $2, $3, $4, $5)
     on conflict (command_id) do nothing returning 1`,
    [command.commandId, meterNo, command.action, command.expiresAt, isLate ? 'expired' : 'pending'],
  );
  if (made.length === 0) return { accepted: await isSameCommand(sim.books, meterNo, command) };
  if (isLate) return { accepted: false };
  if (meter.delay_ms === 0) await workQueue(sim, meterNo);
  else await sim.agenda.put(agendaKind, { meterNo }, meter.delay_ms);
  return { accepted: true };
}

/** What became of a command. @throws HttpProblem 404 `unknown-command` */
export async function readCommand(
  sim: SimContext,
  meterNo: string,
  commandId: string,
): Promise<CommandStatus> {
  await expire(sim, meterNo);
  const [row] = await sim.books.rows<CommandRow>(
    'select * from meter_command where command_id = $1 and meter_no = $2',
    [commandId, meterNo],
  );
  if (!row) throw new HttpProblem(404, 'unknown-command', `Meter ${meterNo} has no command ${commandId}.`);
  return row.status;
}

/** Carries out what waits for a meter, in the order of arrival, as the meter behaves now. */
export async function workQueue(sim: SimContext, meterNo: string): Promise<void> {
  await expire(sim, meterNo);
  await sim.books.transaction(async (tx) => {
    const [meter] = await tx.rows<{ mode: MeterMode }>(
      'select mode from meter where meter_no = $1 for update',
      [meterNo],
    );
    if (!meter || meter.mode === 'offline') return;
    const waiting = await tx.rows<CommandRow>(
      `select * from meter_command where meter_no = $1 and status = 'pending' order by seq`,
      [meterNo],
    );
    for (const command of waiting) await execute(tx, command, meter.mode);
  });
}

/** Teaches the agenda to work meters' queues; to be called once before it opens. */
export function carryCommands(sim: SimContext): void {
  sim.agenda.handle(agendaKind, (payload) => workQueue(sim, (payload as { meterNo: string }).meterNo));
}

async function execute(
  tx: Statements,
  command: CommandRow,
  mode: Exclude<MeterMode, 'offline'>,
): Promise<void> {
  const { status, moves } =
    mode === 'expires' ? { status: 'expired' as const, moves: false } : outcomes[mode];
  await tx.rows('update meter_command set status = $2 where command_id = $1', [command.command_id, status]);
  if (!moves) return;
  const relay = command.action === 'open' ? 'open' : 'closed';
  await tx.rows('update meter set relay = $2 where meter_no = $1', [command.meter_no, relay]);
}

async function expire(sim: SimContext, meterNo: string): Promise<void> {
  await sim.books.rows(
    `update meter_command set status = 'expired' where meter_no = $1 and status = 'pending' and expires_at <= $2`,
    [meterNo, sim.clock.nowIso()],
  );
}

async function isSameCommand(books: Statements, meterNo: string, command: MeterCommand): Promise<boolean> {
  const [known] = await books.rows<CommandRow>('select * from meter_command where command_id = $1', [
    command.commandId,
  ]);
  if (!known || known.meter_no !== meterNo || known.action !== command.action) {
    throw new HttpProblem(
      409,
      'command-differs',
      `Command ${command.commandId} is known with other content.`,
    );
  }
  return known.status !== 'expired';
}
