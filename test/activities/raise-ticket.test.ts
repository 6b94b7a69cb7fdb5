import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseTicket } from '../../activities/case/raise-ticket.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import { makeStopCase, pay, readBillingJustNow, type StopCase } from './support/stop-case.ts';
import {
  MINUTE_MS,
  STOP_AT_MS,
  STOP_DATE,
  TICKET_DATE,
  openWorkbench,
  type Workbench,
} from './support/workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench.close());

const NINE = epochMsOf(TICKET_DATE, 540);
const raise = (c: StopCase, nowMs = NINE) => raiseTicket(bench.deps)(c.at(nowMs));
const codes = (answer: { reasons: { code: string }[] }) => answer.reasons.map((reason) => reason.code);

async function servedCase(options: Parameters<typeof makeStopCase>[2] = {}): Promise<StopCase> {
  const c = await makeStopCase(bench, 'red-served', options);
  await readBillingJustNow(bench, c);
  return c;
}

describe('raiseTicket', () => {
  it('T2.3: raises one ticket the day before, in the reader’s name, with the sealed form', async () => {
    const c = await servedCase();
    const answer = await raise(c);
    expect(answer).toEqual({ outcome: 'permitted', reasons: [], ticketId: `ticket/${c.caseId}/1` });
    expect(await raise(c, NINE + 1000)).toEqual(answer);
    const tickets = await bench.tx((tx) =>
      tx.rows<{ raised_by: string; form_enc: Buffer; planned_from: string }>(
        'select raised_by, form_enc, planned_from from tickets where case_id = $1',
        [c.caseId],
      ),
    );
    expect(tickets).toHaveLength(1);
    expect(tickets[0]).toMatchObject({
      raised_by: 'reader-1',
      planned_from: new Date(STOP_AT_MS).toISOString(),
    });
    expect(bench.deps.vault.openJson(tickets[0]?.form_enc ?? Buffer.alloc(0))).toMatchObject({
      票种: '催费停电工作票',
      户名: '张三',
      审批人: 'head-1',
      计划停电时间: '2026-11-11 10:00 至 11:00',
    });
  });

  it.each([
    ['the minute before the ticket day begins', epochMsOf(TICKET_DATE, 0) - 1, 'ticket-day-not-reached'],
    ['its first minute', epochMsOf(TICKET_DATE, 0), null],
    ['its last minute', epochMsOf(TICKET_DATE, 1440) - 1, null],
    ['the stop day itself, after an outage', epochMsOf(addDays(TICKET_DATE, 1), 0), 'ticket-day-missed'],
  ])('T2.3: %s', async (_, nowMs, code) => {
    const c = await servedCase();
    const answer = await raise(c, nowMs);
    expect(answer.outcome).toBe(code === null ? 'permitted' : 'refused');
    expect(codes(answer)).toEqual(code === null ? [] : [code]);
  });

  it('T2.6: nothing is raised after a payment, and the refusal stays what it was', async () => {
    const c = await servedCase();
    await pay(bench, c, `pay-${c.caseId}`);
    const answer = await raise(c);
    expect(codes(answer)).toEqual(['named-debt-paid', 'payment-since-notice']);
    expect(await raise(c)).toEqual(answer);
    expect(await bench.tx((tx) => tx.rows('select from tickets where case_id = $1', [c.caseId]))).toEqual([]);
  });

  it('L2.gov: an important user’s ticket waits for the authority’s receipt', async () => {
    const c = await servedCase({ category: 'important' });
    expect(await raise(c)).toMatchObject({
      outcome: 'undetermined',
      reasons: [{ code: 'authority-receipt-missing' }],
    });
  });

  it('L11: whom nobody has asked about protection gets no ticket', async () => {
    const c = await servedCase({ protection: null });
    expect(await raise(c)).toMatchObject({
      outcome: 'undetermined',
      reasons: [{ code: 'protection-not-asked' }],
    });
  });

  it('T2.4: who has no telephone is told at the door, half an hour before at the latest', async () => {
    const c = await servedCase({ hasPhone: false });
    expect((await raise(c)).outcome).toBe('permitted');
    const tasks = await bench.tx((tx) =>
      tx.rows('select kind, assignee, not_before, due_at from tasks where case_id = $1', [c.caseId]),
    );
    expect(tasks).toEqual([
      {
        kind: 'tell-in-person',
        assignee: 'reader-1',
        not_before: new Date(epochMsOf(STOP_DATE, 480)).toISOString(),
        due_at: new Date(STOP_AT_MS - 30 * MINUTE_MS).toISOString(),
      },
    ]);
  });

  it('T3.6: where nobody ever answered, a senior is asked', async () => {
    const c = await servedCase({ isSilent: true });
    expect((await raise(c)).outcome).toBe('permitted');
    const tasks = await bench.tx((tx) =>
      tx.rows('select kind, role from tasks where case_id = $1', [c.caseId]),
    );
    expect(tasks).toEqual([{ kind: 'somebody-knows', role: 'station-head' }]);
  });
});
