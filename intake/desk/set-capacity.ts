import type { Tx } from '../../db/database.ts';
import { civilDate } from '../../rules/calendar/civil-date.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepDeskRecord } from './keep-desk-record.ts';

/** How many stops, and how many restorations, the crews of a centre can do on one day (T3.3). */
export interface CapacityFact {
  centreId: string;
  day: string;
  stopLimit: number;
  restoreLimit: number;
  by: string;
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

function check(fact: CapacityFact): void {
  const { stopLimit, restoreLimit, day } = fact;
  if (!isCount(stopLimit) || !isCount(restoreLimit))
    throw new IntakeRefused('not-a-count', 422, { stopLimit, restoreLimit });
  try {
    civilDate(day);
  } catch {
    throw new IntakeRefused('not-a-date', 422, { day });
  }
}

/** What planned cases have reserved already. */
const RESERVED = `
select count(*) filter (where kind = 'stop') as stops, count(*) filter (where kind = 'restore') as restores
  from capacity_reservations where centre_id = $1 and day = $2 and released_at is null`;

/** @returns whether anything changed */
async function store(tx: Tx, companyId: string, fact: CapacityFact): Promise<boolean> {
  // The lock under which db/plans/read-day-facts.ts counts: nobody reserves what is being taken away.
  await tx.run(`select pg_advisory_xact_lock(hashtextextended('capacity/' || $1, 0))`, [fact.centreId]);
  const reserved = await tx.row<{ stops: number; restores: number }>(RESERVED, [fact.centreId, fact.day]);
  const { stops = 0, restores = 0 } = reserved ?? {};
  if (fact.stopLimit < stops || fact.restoreLimit < restores)
    throw new IntakeRefused('capacity-reserved', 409, { day: fact.day, stops, restores });
  const written = await tx.run(
    `insert into crew_capacity (company_id, centre_id, day, stop_limit, restore_limit) values ($1, $2, $3, $4, $5)
     on conflict (centre_id, day) do update
        set stop_limit = excluded.stop_limit, restore_limit = excluded.restore_limit
      where (crew_capacity.stop_limit, crew_capacity.restore_limit) <> (excluded.stop_limit, excluded.restore_limit)`,
    [companyId, fact.centreId, fact.day, fact.stopLimit, fact.restoreLimit],
  );
  return written > 0;
}

/**
 * Sets what a centre's crews can do on a day. Never below what planned stops have reserved, for no stop is planned without a
 * way back: where crews fall out, a shield over the day takes the stops off first (L10).
 * @returns whether anything changed
 * @throws IntakeRefused `unknown-centre` (404), `capacity-reserved` (409), `not-a-count`, `not-a-date` (422)
 */
export function setCapacity(intake: Intake, fact: CapacityFact): Promise<boolean> {
  return intake.db.tx(intake.scope, async (tx) => {
    check(fact);
    const centre = await tx.row('select 1 from centres where centre_id = $1', [fact.centreId]);
    if (centre === undefined) throw new IntakeRefused('unknown-centre', 404, { what: 'centre' });
    const { companyId } = intake.scope;
    if (!(await store(tx, companyId, fact))) return false;
    const { by, ...body } = fact;
    await keepDeskRecord(tx, companyId, { action: 'capacity.set', by, body });
    return true;
  });
}
