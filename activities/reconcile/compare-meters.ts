import { heartbeat } from '@temporalio/activity';
import { recordBreach } from '../../intake/incidents/record-breach.ts';
import { recordRestored } from '../../intake/restorations/record-restored.ts';
import { SystemRefused, SystemUnavailable } from '../../systems/errors.ts';
import type { MeterPort } from '../../systems/meter/port.ts';
import type { ReconcileAt, ReconcilePage } from '../contract.ts';
import { act, companyScope, type ActivityDeps } from '../deps.ts';
import { meetDifference } from './meet-difference.ts';

const PAGE = 200;
const AT_ONCE = 8;

type Reading = Awaited<ReturnType<MeterPort['read']>>;

interface MeterRow {
  accountId: string;
  centreId: string;
  meterNo: string;
  caseId: string | null;
  stopId: string | null;
  method: string | null;
  isOwed: boolean;
  movedOut: boolean;
  /** A permit of the last day that led to no stored stop: the crew's report may be on its way. */
  openPermitId: string | null;
}

/** Every account whose relay can be read from afar, with what our books say of its supply. */
const ROW = `
select a.account_id as "accountId", a.centre_id as "centreId", a.meter_no as "meterNo", c.case_id as "caseId",
       s.stop_id as "stopId", s.method, exists (select from restoration_triggers t where t.stop_id = s.stop_id) as "isOwed",
       a.moved_out_on is not null as "movedOut",
       (select p.permit_id from permits p
         where p.account_id = a.account_id and p.status in ('granted', 'used', 'expired')
           and p.recorded_at > clock_timestamp() - interval '1 day'
           and not exists (select from stops u where u.permit_id = p.permit_id) limit 1) as "openPermitId"
  from accounts a
  left join cases c on c.account_id = a.account_id and c.status = 'open'
  left join stops s on s.account_id = a.account_id and s.in_force`;
const NEXT = `${ROW} where a.remote_switch and a.account_id > $1 order by a.account_id limit ${PAGE}`;
const ONE = `${ROW} where a.account_id = $1`;

async function read(deps: ActivityDeps, meterNo: string): Promise<Reading | 'unread'> {
  try {
    return await deps.systems.meter.read(meterNo);
  } catch (error) {
    if (error instanceof SystemUnavailable || error instanceof SystemRefused) return 'unread';
    throw error;
  }
}

const isAtOdds = (row: MeterRow, reading: Reading): boolean =>
  row.stopId === null ? reading.relay === 'open' : row.method !== 'crew' && reading.voltagePresent;

/**
 * Both once more, the books after the meter: what was being stored or switched at the moment of the first reading is no
 * difference.
 */
async function confirmed(
  deps: ActivityDeps,
  at: ReconcileAt,
  before: MeterRow,
): Promise<{ row: MeterRow; reading: Reading } | undefined> {
  const reading = await read(deps, before.meterNo);
  const row = await act(deps, at, (tx) => tx.row<MeterRow>(ONE, [before.accountId]));
  if (reading === 'unread' || row === undefined || row.stopId !== before.stopId) return undefined;
  return isAtOdds(row, reading) ? { row, reading } : undefined;
}

async function meet(deps: ActivityDeps, at: ReconcileAt, row: MeterRow, reading: Reading): Promise<void> {
  const { accountId, centreId, caseId, meterNo, stopId } = row;
  const of = { centreId, accountId, caseId };
  const detail = { meterNo, relay: reading.relay, readingKwh: reading.readingKwh };
  const intake = { db: deps.db, vault: deps.vault, scope: companyScope(at) };
  if (stopId !== null) {
    // Owed: the proof of supply is here. Not owed: somebody has switched it on, and a person has to look.
    const mend = async () => {
      const proof = { kind: 'voltage', voltagePresent: true, readingKwh: reading.readingKwh } as const;
      await recordRestored(intake, { stopId, by: 'reconciliation', proof });
    };
    const finding = { kind: 'supply-on-though-stopped', subjectId: stopId, ...of, detail };
    return meetDifference(deps, at, finding, row.isOwed ? mend : undefined);
  }
  if (row.openPermitId !== null)
    return meetDifference(deps, at, {
      kind: 'stop-not-reported',
      subjectId: row.openPermitId,
      ...of,
      detail,
    });
  if (row.movedOut)
    return meetDifference(deps, at, { kind: 'meter-off-moved-out', subjectId: accountId, ...of, detail });
  return meetDifference(
    deps,
    at,
    { kind: 'meter-off-without-permit', subjectId: accountId, ...of, detail },
    () =>
      recordBreach(intake, {
        accountId,
        meterNo,
        readingKwh: reading.readingKwh,
        foundBy: at.reconciliationId,
      }).then(() => undefined),
  );
}

async function compareOne(deps: ActivityDeps, at: ReconcileAt, row: MeterRow): Promise<void> {
  const first = await read(deps, row.meterNo);
  heartbeat(row.accountId);
  if (first === 'unread' || !isAtOdds(row, first)) return;
  const sure = await confirmed(deps, at, row);
  if (sure !== undefined) await meet(deps, at, sure.row, sure.reading);
}

/** Relays as they stand against our books: off without a permit is a breach and is restored (T3.4, L3). */
export const compareMeters =
  (deps: ActivityDeps) =>
  async (at: ReconcileAt & { after: string }): Promise<ReconcilePage> => {
    const rows = await act(deps, at, (tx) => tx.rows<MeterRow>(NEXT, [at.after]));
    for (let from = 0; from < rows.length; from += AT_ONCE)
      await Promise.all(rows.slice(from, from + AT_ONCE).map((row) => compareOne(deps, at, row)));
    const last = rows.at(-1);
    return {
      compared: rows.length,
      next: rows.length === PAGE && last !== undefined ? last.accountId : null,
    };
  };
