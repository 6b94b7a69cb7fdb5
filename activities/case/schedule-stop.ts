import { json } from '../../db/database.ts';
import { readFixedStop } from '../../db/plans/read-fixed-stop.ts';
import { releaseOtherDays } from '../../db/plans/store-stop-plan.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { slotOf } from '../../rules/plan/slot-of.ts';
import { lastDayTimes } from '../../rules/plan/stop-schedule.ts';
import { needsAuthority } from '../../rules/stop/has-authority-signed.ts';
import type { CaseMoment, StopSchedule } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';

/**
 * The last day, backwards from the stop time that the proof of service has fixed (T2.3, T2.4, T2.6, T3.5); crews reserved for
 * the other candidate days are given back. @throws Error when no proof of service has fixed a day
 */
export const scheduleStop =
  (deps: ActivityDeps) =>
  (at: CaseMoment): Promise<StopSchedule> =>
    act(deps, at, async (tx) => {
      const stop = await readFixedStop(tx, at.caseId, at.attempt);
      if (stop === undefined) throw new Error(`case ${at.caseId}/${at.attempt}: no stop time is fixed`);
      const { customerClass, intervalMinutes, policy } = stop;
      const stopAtMs = Date.parse(stop.stopAt);
      const schedule: StopSchedule = {
        ...lastDayTimes({ stopAtMs, intervalMinutes, customerClass, slot: slotOf(at.accountId) }, policy),
        needsAuthority: needsAuthority(stop.category),
        largeArrears: stop.namedPrincipalFen >= policy.largeArrearsFen,
        remoteSwitch: stop.remoteSwitch,
      };
      const isNew = await tx.run(
        `insert into case_steps (company_id, centre_id, case_id, step, attempt, detail, occurred_at)
         values ($1, $2, $3, 'schedule-stop', $4, $5, $6) on conflict do nothing`,
        [at.companyId, at.centreId, at.caseId, at.attempt, json(schedule), iso(at.nowMs)],
      );
      if (isNew === 0) return schedule;
      await releaseOtherDays(tx, at.caseId, at.attempt, stop.stopOn);
      await keepRecord(
        tx,
        { ...at, openCase: at },
        {
          action: 'stop.scheduled',
          factId: `${at.caseId}/${at.attempt}`,
          actor: 'fudian',
          occurredAt: iso(at.nowMs),
          body: { attempt: at.attempt, stopAt: stop.stopAt, intervalMinutes },
        },
      );
      return schedule;
    });
