import { describe, expect, test } from 'vitest';
import { newAccount, type TownAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { soon, useTown } from '../support/town/story.ts';
import { rowsOf } from '../support/town/town.ts';
import { quiet } from '../support/town/walk.ts';
import { keepHistories } from '../support/record-histories.ts';
import { firm, queuedDowngrade, standing, walkMatter } from './support/matter.ts';

const town = useTown();
const he = () => person(town(), 'credit-he');
const head = () => person(town(), 'head-qian');
const clerk = () => person(town(), 'clerk-chen');
const one = async <R>(sql: string, id: string): Promise<R | undefined> =>
  (await rowsOf<R>(town(), sql, [id]))[0];
const path = (kind: string, id: string, verb: string): string =>
  `/credit/${kind}/${encodeURIComponent(id)}/${verb}`;

/** Keeps what the engine wrote down of a matter, where histories are recorded. */
const keep = (account: TownAccount, name: string, caseId: string): Promise<void> =>
  keepHistories(town(), [{ name, caseId, account }]);

interface Filed {
  objectionId: string;
  dueAt: string;
}
const object = (accountNo: string, body: object = {}) =>
  must(
    clerk().post<Filed>(`/accounts/${accountNo}/credit/objections`, {
      ...{ scheme: 'grade', words: '账单早已缴清', channel: 'hotline' },
      ...body,
    }),
  );
const gradeOf = (accountId: string) =>
  one<{ grade: string; objected_at: string | null }>(
    'select grade, objected_at from credit_standings where account_id = $1',
    accountId,
  );

describe('K8.2, L5: an objection', () => {
  test('is flagged at once, climbs when nobody decides in three working days, and is answered with proof', async () => {
    const account = await newAccount(town(), { agreedChannel: 'sms' });
    await standing(town(), account, 'C');
    const { objectionId, dueAt } = await object(account.accountNo);
    expect(await object(account.accountNo)).toEqual({ objectionId, dueAt });
    expect((await gradeOf(account.accountId))?.objected_at).not.toBeNull();
    expect(Date.parse(dueAt) - Date.now()).toBeGreaterThan(3 * 86_400_000 - 60_000);
    await walkMatter(town(), account, { kind: 'objection', subjectId: objectionId }, 12);
    const late = await one<{ escalated_at: string | null }>(
      'select escalated_at from credit_objections where objection_id = $1',
      objectionId,
    );
    expect(late?.escalated_at).not.toBeNull();

    const decide = path('objections', objectionId, 'decisions');
    const own = await clerk().post(decide, { decision: 'rejected', reason: '依据不足' });
    expect(own.status).toBe(403);
    await must(he().post(decide, { decision: 'rejected', reason: '账单确未缴清' }));
    const answered = await soon(
      () =>
        one<{ status: string; served_by: string | null }>(
          `select status, served_by from credit_letters where kind = 'objection-answer' and subject_id = $1`,
          objectionId,
        ),
      (letter) => letter?.status === 'served',
    );
    expect(answered).toEqual({ status: 'served', served_by: 'receipt' });
    await keep(account, 'credit-objection-late', objectionId);
    expect((await gradeOf(account.accountId))?.objected_at).toBeNull();
    expect((await he().post(decide, { decision: 'upheld', reason: '改判' })).status).toBe(409);
  });

  test('that is upheld annuls the record, takes back what waited, and asks for a new judgement', async () => {
    const account = await newAccount(town(), { agreedChannel: 'sms' });
    const downgradeId = await queuedDowngrade(town(), account, 'D');
    const { recordId } = await firm(town(), account);
    const { objectionId } = await object(account.accountNo, { scheme: 'record', subjectId: recordId });
    const reader = await person(town(), 'reader-zhang').post(path('objections', objectionId, 'decisions'), {
      ...{ decision: 'upheld', reason: '记录有误' },
    });
    expect(reader.status).toBe(403);
    await must(
      he().post(path('objections', objectionId, 'decisions'), { decision: 'upheld', reason: '记录有误' }),
    );
    expect(await one('select cause from credit_annulments where record_id = $1', recordId)).toEqual({
      cause: 'objection-upheld',
    });
    expect(
      await one('select status, ended_reason from credit_downgrades where downgrade_id = $1', downgradeId),
    ).toEqual({ status: 'withdrawn', ended_reason: 'objection-upheld' });
    expect((await gradeOf(account.accountId))?.grade).toBe('B');
  });
});

describe('L7: a harmful downgrade', () => {
  test('holds only after a person, proven notice and the days to reply', async () => {
    const account = await newAccount(town(), { agreedChannel: 'sms' });
    const downgradeId = await queuedDowngrade(town(), account, 'C');
    const matter = { kind: 'downgrade', subjectId: downgradeId } as const;
    const { items } = await must(
      he().get<{ items: { downgradeId: string; facts: { oldestDays: number } }[] }>(
        '/credit/downgrades?limit=200',
      ),
    );
    expect(items.find((item) => item.downgradeId === downgradeId)?.facts.oldestDays).toBe(40);
    await must(
      head().post(path('downgrades', downgradeId, 'decisions'), { decision: 'approve', reason: '欠费属实' }),
    );
    await walkMatter(town(), account, matter, 5);
    expect((await gradeOf(account.accountId))?.grade).toBe('B');
    await walkMatter(town(), account, matter, 5);
    expect((await gradeOf(account.accountId))?.grade).toBe('C');
    await keep(account, 'credit-downgrade-in-force', downgradeId);
    const sms = await town().sim.books.messages(account.phone);
    expect(sms.map(({ text }) => text).join()).toMatch(/原因：最早一张未缴电费账单已逾期 40 天.*陈述申辩/);
  });

  test('waits for a reply to be read by a second person, and for an objection to be decided', async () => {
    const account = await newAccount(town(), { agreedChannel: 'sms' });
    const downgradeId = await queuedDowngrade(town(), account, 'C');
    const matter = { kind: 'downgrade', subjectId: downgradeId } as const;
    await must(
      head().post(path('downgrades', downgradeId, 'decisions'), { decision: 'approve', reason: '欠费属实' }),
    );
    await walkMatter(town(), account, matter, 2);
    await must(clerk().post(path('downgrades', downgradeId, 'replies'), { words: '已申请分期' }));
    const { objectionId } = await object(account.accountNo);
    await walkMatter(town(), account, matter, 20);
    expect((await gradeOf(account.accountId))?.grade).toBe('B');
    await must(
      he().post(path('objections', objectionId, 'decisions'), { decision: 'rejected', reason: '无依据' }),
    );
    await walkMatter(town(), account, matter, 5);
    expect((await gradeOf(account.accountId))?.grade).toBe('B');
    const answer = path('downgrades', downgradeId, 'answers');
    expect((await head().post(answer, { answer: 'withdrawn', reason: '同意分期' })).status).toBe(409);
    await must(he().post(answer, { answer: 'withdrawn', reason: '同意分期' }));
    await quiet(town());
    const letter = await soon(
      () =>
        one(`select status from credit_letters where kind = 'correction' and subject_id = $1`, downgradeId),
      (found) => found !== undefined,
    );
    expect(letter).toBeDefined();
    await keep(account, 'credit-downgrade-reply-heard', downgradeId);
    expect((await gradeOf(account.accountId))?.grade).toBe('B');
  });

  test('is not decided by whoever wrote the record', async () => {
    const account = await newAccount(town(), {});
    const downgradeId = await queuedDowngrade(town(), account, 'D');
    await firm(town(), account);
    await rowsOf(
      town(),
      `insert into credit_records (record_id, company_id, centre_id, account_id, kind, occurred_on, confirmed, decision_no, detail_enc, source,
                                   source_name, source_ref, recorded_by)
       select record_id || '/2', company_id, centre_id, account_id, kind, occurred_on, confirmed, decision_no, detail_enc, source, source_name,
              source_ref || '/2', 'head-qian' from credit_records where account_id = $1`,
      [account.accountId],
    );
    const answer = await head().post(path('downgrades', downgradeId, 'decisions'), {
      ...{ decision: 'approve', reason: '属实' },
    });
    expect(answer.status).toBe(409);
    expect(JSON.stringify(answer.body)).toContain('four-eyes');
  });
});

describe('K7: a repair', () => {
  test('is verified, lives through its clean period, is decided by a second person, and the record says so', async () => {
    const account = await newAccount(town(), { agreedChannel: 'sms' });
    await standing(town(), account, 'D');
    const { recordId } = await firm(town(), account);
    const today = new Date().toISOString().slice(0, 10);
    const { repairId } = await must(
      clerk().post<{ repairId: string }>(`/accounts/${account.accountNo}/credit/repairs`, {
        ...{ recordId, words: '已拆除私接设备' },
      }),
    );
    const verify = path('repairs', repairId, 'verifications');
    const found = { corrected: true, correctedOn: today, lateFeesPaid: true, reason: '现场复核合格' };
    expect(JSON.stringify((await he().post(verify, found)).body)).toContain('arrears-open');
    await town().sim.pay({ accountNo: account.accountNo });
    await must(he().post(verify, found));
    const decide = path('repairs', repairId, 'decisions');
    const early = await head().post(decide, { decision: 'granted', reason: '保持期满' });
    expect(JSON.stringify(early.body)).toContain('clean-period-runs');
    await walkMatter(town(), account, { kind: 'repair', subjectId: repairId }, 200);
    expect(await one('select status from credit_repairs where repair_id = $1', repairId)).toEqual({
      status: 'deciding',
    });
    expect((await he().post(decide, { decision: 'granted', reason: '保持期满' })).status).toBe(409);
    await must(head().post(decide, { decision: 'granted', reason: '保持期满' }));
    expect(await one('select cause from credit_annulments where record_id = $1', recordId)).toEqual({
      cause: 'repaired',
    });
    const standingNow = await one<{ repaired_on: string | null }>(
      'select repaired_on from credit_standings where account_id = $1',
      account.accountId,
    );
    expect(standingNow?.repaired_on).not.toBeNull();
    await keep(account, 'credit-repair-granted', repairId);
  });

  test('ends where a new breach falls into the clean period', async () => {
    const account = await newAccount(town(), { agreedChannel: 'sms' });
    await firm(town(), account);
    await town().sim.pay({ accountNo: account.accountNo });
    const { repairId } = await must(
      clerk().post<{ repairId: string }>(`/accounts/${account.accountNo}/credit/repairs`, {
        words: '请予修复',
      }),
    );
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await must(
      he().post(path('repairs', repairId, 'verifications'), {
        ...{ corrected: true, correctedOn: yesterday, lateFeesPaid: true, reason: '合格' },
      }),
    );
    await rowsOf(
      town(),
      `insert into credit_records (record_id, company_id, centre_id, account_id, kind, occurred_on, confirmed, decision_no, detail_enc, source,
                                   source_name, source_ref, recorded_by)
       select record_id || '/new', company_id, centre_id, account_id, kind, current_date, confirmed, decision_no, detail_enc, source, source_name,
              source_ref || '/new', recorded_by from credit_records where account_id = $1`,
      [account.accountId],
    );
    await walkMatter(town(), account, { kind: 'repair', subjectId: repairId }, 200);
    expect(
      await one('select status, ended_reason from credit_repairs where repair_id = $1', repairId),
    ).toEqual({
      ...{ status: 'refused', ended_reason: 'new-breach' },
    });
    await keep(account, 'credit-repair-broken', repairId);
  });
});
