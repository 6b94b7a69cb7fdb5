import { addDays, type CivilDate } from '../../rules/calendar/civil-date.ts';
import type { PlannedStop } from '../../rules/plan/choose-stop-plan.ts';
import { json, type Tx } from '../database.ts';

interface OfCase {
  companyId: string;
  centreId: string;
  caseId: string;
  attempt: number;
}

/** Stores the plan of an attempt and reserves a crew for each candidate's stop, and for the way back on that day and the next (T3.3). */
export async function storeStopPlan(tx: Tx, of: OfCase, plan: PlannedStop): Promise<void> {
  const key = [of.companyId, of.centreId, of.caseId, of.attempt];
  await tx.run(
    `insert into stop_plans (company_id, centre_id, case_id, attempt, status, candidates, named_bills, named_principal_fen,
                             interval_minutes)
     values ($1, $2, $3, $4, 'planned', $5, $6, $7, $8)`,
    [...key, json(plan.candidates), json(plan.namedBills), plan.namedPrincipalFen, plan.intervalMinutes],
  );
  const stops = plan.candidates.map(({ stopDate }) => stopDate);
  const restores = [...new Set(stops.flatMap((day) => [day, addDays(day, 1)]))];
  const reserve = (kind: 'stop' | 'restore', days: readonly CivilDate[]) =>
    tx.run(
      `insert into capacity_reservations (company_id, centre_id, case_id, attempt, kind, day)
       select $1, $2, $3, $4, $5, day from unnest($6::date[]) as days (day)`,
      [...key, kind, days],
    );
  await reserve('stop', stops);
  await reserve('restore', restores);
}

/** Gives back everything that an attempt reserved. */
export async function releaseReservations(tx: Tx, caseId: string, attempt: number): Promise<void> {
  await tx.run(
    `update capacity_reservations set released_at = clock_timestamp()
      where case_id = $1 and attempt = $2 and released_at is null`,
    [caseId, attempt],
  );
}

/** Once the stop day is fixed, gives back the other candidates; the stop's crew and the way back after it stay reserved (T3.3). */
export async function releaseOtherDays(
  tx: Tx,
  caseId: string,
  attempt: number,
  stopOn: CivilDate,
): Promise<void> {
  await tx.run(
    `update capacity_reservations set released_at = clock_timestamp()
      where case_id = $1 and attempt = $2 and released_at is null
        and not (kind = 'stop' and day = $3::date) and not (kind = 'restore' and day in ($3::date, $3::date + 1))`,
    [caseId, attempt, stopOn],
  );
}
