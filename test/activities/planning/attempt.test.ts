import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseMoment } from '../../../activities/contract.ts';
import { planStop } from '../../../activities/case/plan-stop.ts';
import { scheduleStop } from '../../../activities/case/schedule-stop.ts';
import { slipAttempt } from '../../../activities/case/slip-attempt.ts';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { CENTRE, COMPANY, openCaseFor, openDistrict, putNotice, vault, type District } from './district.ts';

let district: District;
const at = (date: string, minute: number) => epochMsOf(civilDate(date), minute);

beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

const openDays = (caseId: string) =>
  district.tx(async (tx) =>
    (
      await tx.rows<{ slot: string }>(
        `select kind || ' ' || day as slot from capacity_reservations where case_id = $1 and released_at is null order by 1`,
        [caseId],
      )
    ).map(({ slot }) => slot),
  );
/** The red notice was served on 21 July: the stop is fixed for the 28th at 10:00. */
const fix = (moment: CaseMoment) =>
  district.tx(async (tx) => {
    await putNotice(tx, moment, 'red', 'served', '2026-07-21');
    await tx.run(
      `update stop_plans set status = 'fixed', stop_on = '2026-07-28', stop_at = '2026-07-28T10:00+08' where case_id = $1`,
      [moment.caseId],
    );
  });

test('T2.3, T2.4, T2.6: the last day of a resident, backwards from the stop', async () => {
  const moment = await openCaseFor(district, 'wang', { remoteSwitch: true });
  await planStop(district.deps)(moment);
  await expect(scheduleStop(district.deps)(moment)).rejects.toThrow(/no stop time is fixed/);
  await fix(moment);
  const first = (await scheduleStop(district.deps)(moment)).firstCallAtMs;
  // Calls before stops of one time are spread, always to the earlier side.
  const earlierMs = at('2026-07-28', 555) - first;
  expect(earlierMs).toBeGreaterThanOrEqual(0);
  expect(earlierMs).toBeLessThan(15 * 60_000);
  const schedule = {
    ticketAtMs: at('2026-07-27', 540),
    firstCallAtMs: first,
    secondCallAtMs: at('2026-07-28', 560) - earlierMs,
    smsAtMs: at('2026-07-28', 565) - earlierMs,
    lastCheckAtMs: at('2026-07-28', 570),
    stopAtMs: at('2026-07-28', 600),
    endsAtMs: at('2026-07-28', 660),
    needsAuthority: false,
    largeArrears: false,
    remoteSwitch: true,
  };
  expect(await scheduleStop(district.deps)(moment)).toEqual(schedule);
  expect(await scheduleStop(district.deps)(moment)).toEqual(schedule);
  // Crews of the other candidate days are free again; the way back stays reserved (T3.3).
  expect(await openDays(moment.caseId)).toEqual([
    'restore 2026-07-28',
    'restore 2026-07-29',
    'stop 2026-07-28',
  ]);
});

test('L2.pre, L2.gov, T3.5: an important user with large arrears: an hour before, the authority, a report', async () => {
  const moment = await openCaseFor(district, 'plant', {
    customerClass: 'non-resident',
    category: 'important',
    openFen: 10_000_000,
  });
  await planStop(district.deps)(moment);
  await fix(moment);
  const schedule = await scheduleStop(district.deps)(moment);
  expect(schedule.firstCallAtMs).toBeLessThanOrEqual(at('2026-07-28', 525));
  expect(schedule.firstCallAtMs).toBeGreaterThan(at('2026-07-28', 510));
  expect(schedule).toMatchObject({
    lastCheckAtMs: at('2026-07-28', 540),
    needsAuthority: true,
    largeArrears: true,
  });
});

test('L2.ntc: an attempt that slips leaves nothing that could still stop the customer, and the yellow notice stands', async () => {
  const moment = await openCaseFor(district, 'li');
  await planStop(district.deps)(moment);
  await district.tx((tx) =>
    tx.run(
      `update notices set status = 'served', served_on = '2026-07-03', served_at = now() where case_id = $1 and kind = 'yellow'`,
      [moment.caseId],
    ),
  );
  await fix(moment);
  await district.tx(async (tx) => {
    await tx.run(
      `insert into approvals (approval_id, company_id, centre_id, case_id, attempt, status, applicant_id, required_roles, bound, expires_at, occurred_at)
       values ($1, $2, $3, $4, 1, 'approved', 'reader-1', '{station-head}', '{}', now(), now())`,
      [`approval/${moment.caseId}/1`, COMPANY, CENTRE, moment.caseId],
    );
    await tx.run(
      `insert into tickets (ticket_id, company_id, centre_id, account_id, case_id, kind, attempt, status, raised_by, meter_no, form_enc,
                            planned_from, planned_to, occurred_at)
       values ($1, $2, $3, $4, $5, 'stop', 1, 'dispatched', 'reader-1', 'meter-1', $6, now(), now(), now())`,
      [`ticket/${moment.caseId}/1`, COMPANY, CENTRE, moment.accountId, moment.caseId, vault.seal('{}')],
    );
  });
  const slip = () => slipAttempt(district.deps)({ ...moment, reason: 'interval-missed' });
  await slip();
  await slip();
  const state = await district.tx((tx) =>
    tx.row(
      `select p.status as plan, p.slip_reason, a.status as approval, t.status as ticket,
              (select status from notices n where n.case_id = p.case_id and kind = 'red') as red,
              (select status from notices n where n.case_id = p.case_id and kind = 'yellow') as yellow,
              (select count(*) from tasks k where k.case_id = p.case_id and done_at is null) as open_tasks,
              (select count(*) from outbox where kind = 'stand-down') as told,
              (select count(*) from audit where chain_id = p.case_id and action = 'attempt.slipped') as lines
         from stop_plans p join approvals a using (case_id) join tickets t using (case_id) where p.case_id = $1`,
      [moment.caseId],
    ),
  );
  expect(state).toEqual({
    plan: 'slipped',
    slip_reason: 'interval-missed',
    approval: 'void',
    ticket: 'recalled',
    red: 'stale',
    yellow: 'served',
    open_tasks: 0,
    told: 1,
    lines: 1,
  });
  expect(await openDays(moment.caseId)).toEqual([]);
  // The next attempt: new day, no new yellow notice, never earlier than another full notice period.
  const next = await planStop(district.deps)({ ...moment, attempt: 2, nowMs: at('2026-07-28', 700) });
  expect(next).toMatchObject({ kind: 'planned', yellowDueMs: null });
});

test('an attempt that had no plan yet slips too', async () => {
  const moment = await openCaseFor(district, 'sun');
  await slipAttempt(district.deps)({ ...moment, reason: 'hold:dispute' });
  expect((await planStop(district.deps)({ ...moment, attempt: 2 })).kind).toBe('planned');
});

test('a stop that was carried out keeps its papers when an attempt is called off late', async () => {
  const moment = await openCaseFor(district, 'zhou');
  await planStop(district.deps)(moment);
  await fix(moment);
  await district.tx((tx) =>
    tx.run(`update stop_plans set status = 'executed' where case_id = $1`, [moment.caseId]),
  );
  await slipAttempt(district.deps)({ ...moment, reason: 'interval-missed' });
  const red = await district.tx((tx) =>
    tx.row(`select status from notices where case_id = $1 and kind = 'red'`, [moment.caseId]),
  );
  expect(red).toEqual({ status: 'served' });
});
