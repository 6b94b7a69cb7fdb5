import { z } from 'zod';
import type { MeterPort } from '../../systems/meter/port.ts';
import type { Statements } from '../books/books.ts';
import type { SimContext } from '../context.ts';
import { HttpProblem } from '../http/problem.ts';

/**
 * How a meter behaves: `obeys`; `offline` (commands wait, readings fail); `stuck` (reports a failure, the relay
 * does not move); `lies` (reports success, the relay does not move); `unknown-done` and `unknown-not-done`
 * (nobody hears what became of the command); `expires` (the command never reaches it).
 */
export const meterModes = [
  'obeys',
  'offline',
  'stuck',
  'lies',
  'unknown-done',
  'unknown-not-done',
  'expires',
] as const;
export type MeterMode = (typeof meterModes)[number];

export const meterState = z.strictObject({
  relay: z.enum(['open', 'closed']).optional(),
  /** false: the line in front of the meter is dead, so that a closed relay brings no voltage. */
  lineLive: z.boolean().optional(),
  mode: z.enum(meterModes).optional(),
  /** Between an accepted command and its execution. */
  delayMs: z.int().nonnegative().optional(),
});
export type MeterState = z.input<typeof meterState>;

type MeterReading = Awaited<ReturnType<MeterPort['read']>>;

interface MeterRow {
  meter_no: string;
  relay: 'open' | 'closed';
  line_live: boolean;
  reading_kwh: number;
  mode: MeterMode;
  delay_ms: number;
}

/** Makes meters known, closed and obeying; those that are known already stay as they are. */
export async function registerMeters(books: Statements, meterNos: readonly string[]): Promise<void> {
  await books.rows(
    `insert into meter (meter_no, reading_kwh)
     select distinct no, 1000 + abs(hashtext(no)) % 50000 from unnest($1::text[]) as no
     on conflict (meter_no) do nothing`,
    [meterNos],
  );
}

/** @throws HttpProblem 404 `unknown-meter` */
export async function requireMeter(books: Statements, meterNo: string): Promise<MeterRow> {
  const [row] = await books.rows<MeterRow>('select * from meter where meter_no = $1', [meterNo]);
  if (!row) throw unknownMeter(meterNo);
  return row;
}

/** Reads relay and voltage over the air. @throws HttpProblem 404 `unknown-meter`, 503 `meter-offline` */
export async function readMeter(sim: SimContext, meterNo: string): Promise<MeterReading> {
  const row = await requireMeter(sim.books, meterNo);
  if (row.mode === 'offline') {
    throw new HttpProblem(503, 'meter-offline', `Meter ${meterNo} does not answer.`);
  }
  return readingOf(sim, row);
}

/** Turns the relay by hand, on site. @throws HttpProblem 404 `unknown-meter` */
export async function operateMeter(
  sim: SimContext,
  meterNo: string,
  relay: 'open' | 'closed',
): Promise<MeterReading> {
  const [row] = await sim.books.rows<MeterRow>(
    'update meter set relay = $2 where meter_no = $1 returning *',
    [meterNo, relay],
  );
  if (!row) throw unknownMeter(meterNo);
  return readingOf(sim, row);
}

/** Sets what is given of a meter and makes it known if it is not. */
export async function setMeter(
  sim: SimContext,
  meterNo: string,
  state: z.output<typeof meterState>,
): Promise<MeterReading> {
  await registerMeters(sim.books, [meterNo]);
  const [row] = await sim.books.rows<MeterRow>(
    `update meter set relay = coalesce($2, relay), line_live = coalesce($3, line_live), mode = coalesce($4, mode),
            delay_ms = coalesce($5, delay_ms) where meter_no = $1 returning *`,
    [meterNo, state.relay ?? null, state.lineLive ?? null, state.mode ?? null, state.delayMs ?? null],
  );
  if (!row) throw unknownMeter(meterNo);
  return readingOf(sim, row);
}

function readingOf(sim: SimContext, row: MeterRow): MeterReading {
  return {
    relay: row.relay,
    voltagePresent: row.relay === 'closed' && row.line_live,
    readingKwh: row.reading_kwh,
    at: sim.clock.nowIso(),
  };
}

function unknownMeter(meterNo: string): HttpProblem {
  return new HttpProblem(404, 'unknown-meter', `There is no meter ${meterNo}.`);
}
