import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printNotice } from '../../../papers/notices/print-notice.ts';
import type { SealedNotice } from '../../../systems/messages/notices.ts';
import { readPdf } from '../../support/pdf-text.ts';
import { planStop } from '../../../activities/case/plan-stop.ts';
import { readPolicy } from '../../../db/policies/read-policy.ts';
import { json } from '../../../db/database.ts';
import { civilDate } from '../../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../../rules/calendar/shanghai-time.ts';
import { reasonText } from '../../../rules/reasons/reason-text.ts';
import {
  addBill,
  CENTRE,
  COMPANY,
  NOW_MS,
  openCaseFor,
  openDistrict,
  putNotice,
  vault,
  type District,
} from './district.ts';

let district: District;
const at = (date: string, minute: number) => epochMsOf(civilDate(date), minute);

beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

const reservations = (caseId: string) =>
  district.tx((tx) =>
    tx.rows<{ kind: string; day: string }>(
      `select kind, day from capacity_reservations where case_id = $1 and released_at is null order by kind, day`,
      [caseId],
    ),
  );
const decisionsOf = (caseId: string) =>
  district.tx((tx) =>
    tx.rows<{ outcome: string; codes: string[]; missing: string[] }>(
      `select outcome, array(select r ->> 'code' from jsonb_array_elements(reasons) r) as codes,
              array(select r ->> 'code' from jsonb_array_elements(missing) r) as missing
         from decisions where case_id = $1 order by recorded_at`,
      [caseId],
    ),
  );

describe('planStop', () => {
  test('T2.1, T2.2: plans, reserves, prepares the yellow notice, and answers the same again', async () => {
    const moment = await openCaseFor(district, 'wang');
    await district.tx((tx) => addBill(tx, moment, 'water-1', '2026-05-01', 99_900, 'water'));
    const answer = await planStop(district.deps)(moment);
    expect(answer).toEqual({
      kind: 'planned',
      yellowDueMs: at('2026-07-06', 1200),
      approvalAtMs: at('2026-07-14', 540),
      serviceWindows: ['2026-07-21', '2026-07-22', '2026-07-23'].map((day) => ({
        fromMs: at(day, 480),
        untilMs: at(day, 1200),
      })),
    });
    expect(await planStop(district.deps)({ ...moment, nowMs: NOW_MS + 86_400_000 })).toEqual(answer);

    const plan = await district.tx((tx) =>
      tx.row<{
        status: string;
        named_bills: { billId: string }[];
        named_principal_fen: number;
        candidates: { stopDate: string; startMinute: number }[];
      }>('select * from stop_plans where case_id = $1', [moment.caseId]),
    );
    expect(plan).toMatchObject({ status: 'planned', named_principal_fen: 20_000 });
    // Mistake on record: arrears of another service never lead to a stop of electricity.
    expect(plan?.named_bills.map(({ billId }) => billId)).toEqual(['bill-wang']);
    expect(await reservations(moment.caseId)).toEqual([
      ...['2026-07-28', '2026-07-29', '2026-07-30', '2026-07-31'].map((day) => ({ kind: 'restore', day })),
      ...['2026-07-28', '2026-07-29', '2026-07-30'].map((day) => ({ kind: 'stop', day })),
    ]);

    const notice = await district.tx((tx) =>
      tx.row<{
        notice_id: string;
        status: string;
        last_payment_on: string;
        stop_at: string;
        sum_fen: number;
        text_enc: Buffer;
      }>(`select * from notices where case_id = $1 and kind = 'yellow'`, [moment.caseId]),
    );
    const [first] = plan?.candidates ?? [];
    expect(notice).toMatchObject({
      status: 'prepared',
      last_payment_on: '2026-07-27',
      sum_fen: 20_000 + 600,
    });
    expect(Date.parse(notice?.stop_at ?? '')).toBe(at(first?.stopDate ?? '', first?.startMinute ?? 0));
    const sealed = vault.openJson<SealedNotice>(notice?.text_enc ?? Buffer.alloc(0));
    const text = sealed.zh;
    const printed = readPdf(await printNotice({ kind: 'yellow', attempt: 1, sealed })).text;
    for (const words of ['王小明：', '（小写¥206.00）', '最迟于2026年7月27日缴清', '于2026年7月28日'])
      expect(printed).toContain(words);
    for (const words of ['王小明', '¥206.00', '2026年7月27日', '2026年7月28日'])
      expect(text).toContain(words);
    const task = await district.tx((tx) =>
      tx.row(`select kind, assignee, ref from tasks where case_id = $1`, [moment.caseId]),
    );
    expect(task).toEqual({ kind: 'serve-yellow', assignee: 'reader-1', ref: notice?.notice_id });
    expect(await decisionsOf(moment.caseId)).toEqual([{ outcome: 'permitted', codes: [], missing: [] }]);
    const lines = await district.tx((tx) =>
      tx.rows(`select action from audit where chain_id = $1`, [moment.caseId]),
    );
    expect(lines).toEqual([{ action: 'stop.planned' }]);
  });

  test('T2.1: a yellow notice that was served is not served again, and approval waits for its period', async () => {
    const moment = await openCaseFor(district, 'li');
    await district.tx((tx) => putNotice(tx, moment, 'yellow', 'served', '2026-06-29'));
    const answer = await planStop(district.deps)({ ...moment, attempt: 2 });
    expect(answer).toMatchObject({ kind: 'planned', yellowDueMs: null, approvalAtMs: at('2026-07-07', 540) });
    const tasks = await district.tx((tx) =>
      tx.rows('select 1 from tasks where case_id = $1', [moment.caseId]),
    );
    expect(tasks).toEqual([]);
  });

  test('T2.0: never two reminders in one day', async () => {
    const moment = await openCaseFor(district, 'sun');
    await district.tx((tx) =>
      tx.run(`update notices set served_on = '2026-07-01' where case_id = $1`, [moment.caseId]),
    );
    await planStop(district.deps)(moment);
    const task = await district.tx((tx) =>
      tx.row<{ not_before: string }>(`select not_before from tasks where case_id = $1`, [moment.caseId]),
    );
    expect(Date.parse(task?.not_before ?? '')).toBe(at('2026-07-02', 480));
  });

  test.each([
    [
      'L11',
      'registered',
      { protection: 'registered' as const },
      'refused',
      'protected-person',
      'manual-path',
    ],
    ['L11', 'unasked', { protection: null }, 'undetermined', 'protection-not-asked', 'ask-protection'],
    [
      'L2.oth',
      'master',
      { customerClass: 'non-resident' as const, category: 'master-meter' },
      'refused',
      'master-meter',
      'manual-path',
    ],
  ])('%s: %s: no plan, and a person is asked', async (_clause, name, over, outcome, code, kind) => {
    const moment = await openCaseFor(district, name, over);
    expect(await planStop(district.deps)(moment)).toEqual({
      kind: 'none',
      tryAgainMs: at('2026-07-02', 480),
    });
    const [decision] = await decisionsOf(moment.caseId);
    expect(decision?.outcome).toBe(outcome);
    expect([...(decision?.codes ?? []), ...(decision?.missing ?? [])]).toEqual([code]);
    const tasks = await district.tx((tx) =>
      tx.rows(`select kind from tasks where case_id = $1`, [moment.caseId]),
    );
    expect(tasks).toEqual([{ kind }]);
    expect(await reservations(moment.caseId)).toEqual([]);
  });

  test('T2.6: money that a channel has taken holds the plan until it is posted', async () => {
    const moment = await openCaseFor(district, 'zhao');
    const pay = (status: string) =>
      district.tx((tx) =>
        tx.run(
          `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at)
           values ($1, $2, 'pay-1', $3, $4, 100, 'alipay', 'billing', now())`,
          [COMPANY, CENTRE, status, moment.accountId],
        ),
      );
    await pay('in-flight');
    expect((await planStop(district.deps)(moment)).kind).toBe('none');
    await pay('posted');
    expect((await planStop(district.deps)(moment)).kind).toBe('planned');
    expect((await decisionsOf(moment.caseId)).map(({ codes }) => codes)).toEqual([['money-in-flight'], []]);
  });

  test('L10: shields of the region, the class or the account move the day; a lifted one does not', async () => {
    const moment = await openCaseFor(district, 'qian');
    const shield = (id: string, accountId: string | null, from: string, to: string, lifted = false) =>
      district.tx((tx) =>
        tx.run(
          `insert into shields (company_id, shield_id, account_id, effect, order_no, reason, from_on, to_on, set_by, lifted_at)
           values ($1, $2, $3, 'no-stop', 'order', 'heat', $4, $5, 'x', $6)`,
          [COMPANY, id, accountId, from, to, lifted ? '2026-06-01' : null],
        ),
      );
    await shield('other', 'acc-wang', '2026-07-01', '2026-12-31');
    await shield('lifted', moment.accountId, '2026-07-01', '2026-12-31', true);
    await shield('mine', moment.accountId, '2026-07-01', '2026-08-04');
    await planStop(district.deps)(moment);
    const days = (await reservations(moment.caseId))
      .filter(({ kind }) => kind === 'stop')
      .map(({ day }) => day);
    expect(days).toEqual(['2026-08-05', '2026-08-06', '2026-08-11']);
  });

  test('no-stop-day is told in words', () => {
    expect(
      reasonText({ code: 'no-restore-capacity', clause: 'T3.3', params: { date: '2026-07-28' } }, 'en'),
    ).toBe('no crew can be reserved for restoring supply on 2026-07-28');
  });
});

test('T3.3: cases planned at the same moment never reserve more crews than there are', async () => {
  const moments = [];
  for (let i = 0; i < 12; i += 1) moments.push(await openCaseFor(district, `crowd-${i}`));
  await Promise.all(moments.map((moment) => planStop(district.deps)(moment)));
  const over = await district.tx((tx) =>
    tx.rows(
      `select r.day, r.kind, count(*) from capacity_reservations r join crew_capacity c using (centre_id, day)
        where released_at is null group by r.day, r.kind, c.stop_limit, c.restore_limit
       having count(*) > case r.kind when 'stop' then c.stop_limit else c.restore_limit end`,
    ),
  );
  expect(over).toEqual([]);
  const [counted] = await district.tx((tx) =>
    tx.rows<{ n: number }>(`select count(*) as n from stop_plans where case_id like 'case-crowd-%'`),
  );
  expect(counted?.n).toBe(12);
});

describe('readPolicy', () => {
  const publish = (version: string, body: unknown, scope: { centreId?: string; region?: string } = {}) =>
    district.tx((tx) =>
      tx.run(
        `insert into policies (company_id, version, centre_id, region, valid_from, body, published_by)
         values ($1, $2, $3, $4, '2026-08-01', $5, 'x')`,
        [COMPANY, version, scope.centreId ?? null, scope.region ?? null, json(body)],
      ),
    );
  const read = (onDate: string) =>
    district.tx((tx) =>
      readPolicy(tx, COMPANY, {
        centreId: CENTRE,
        customerClass: 'resident',
        region: 'east',
        onDate: civilDate(onDate),
      }),
    );

  test('the most specific published policy wins, from its first day on', async () => {
    await publish('centre-3', { overdueDays: 20 }, { centreId: CENTRE });
    await publish('region-2', { overdueDays: 15, secondNoticeMinutes: { resident: 60 } }, { region: 'east' });
    await publish('all-1', { overdueDays: 10, noticeDays: 8 });
    expect(await read('2026-07-31')).toMatchObject({
      version: 'default-2026.11',
      overdueDays: 3,
      noticeDays: 7,
    });
    expect(await read('2026-08-01')).toMatchObject({
      version: 'all-1+region-2+centre-3',
      overdueDays: 20,
      noticeDays: 8,
      secondNoticeMinutes: { resident: 60, nonResident: 60 },
    });
  });
  test('T2.2: one that is softer than the law never runs a case', async () => {
    await publish('soft', { noticeDays: 3 });
    await expect(read('2026-08-02')).rejects.toThrow(/policy-below noticeDays/);
  });
});
