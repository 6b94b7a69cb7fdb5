import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideStage } from '../../activities/case/decide-stage.ts';
import { makeStopCase, readBillingJustNow, type Reached, type StopCase } from './support/stop-case.ts';
import { MINUTE_MS, STOP_AT_MS, openWorkbench, type Workbench } from './support/workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench.close());

const decide = (c: StopCase, stage: 'T-45' | 'T-30', minutesBefore: number) =>
  decideStage(bench.deps)({ ...c.at(STOP_AT_MS - minutesBefore * MINUTE_MS), stage });

async function freshCase(reached: Reached): Promise<StopCase> {
  const c = await makeStopCase(bench, reached);
  await readBillingJustNow(bench, c);
  return c;
}

describe('decideStage', () => {
  it.each([
    ['T-45', 45, 'permitted'],
    ['T-45', 30, 'refused'],
    ['T-30', 30, 'permitted'],
    ['T-30', 0, 'refused'],
  ] as const)(
    'T2.4: %s at %i minutes before is %s: an outage slips, it never squeezes',
    async (stage, minutes, outcome) => {
      const c = await freshCase('told');
      expect((await decide(c, stage, minutes)).outcome).toBe(outcome);
    },
  );

  it('T2.6: the day before is too early for both', async () => {
    const c = await freshCase('told');
    expect(await decide(c, 'T-45', 24 * 60)).toMatchObject({ reasons: [{ code: 'stop-day-not-reached' }] });
  });

  it('T2.4: without acknowledgement or receipt T-30 is undetermined', async () => {
    const c = await freshCase('ticket');
    expect(await decide(c, 'T-45', 45)).toMatchObject({ outcome: 'permitted' });
    expect(await decide(c, 'T-30', 30)).toMatchObject({
      outcome: 'undetermined',
      reasons: [{ code: 'second-notice-not-proven' }],
    });
  });

  it('T2.3: without a ticket nothing goes on', async () => {
    const c = await freshCase('red-served');
    expect(await decide(c, 'T-45', 45)).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'no-ticket' }],
    });
  });

  it('T3.6: a text that reached a handset tells, but nobody is known to know until a senior decides', async () => {
    const c = await makeStopCase(bench, 'told', { isSilent: true });
    await readBillingJustNow(bench, c);
    await bench.tx((tx) =>
      tx.run(
        `update messages set channel = 'sms', status = 'delivered', delivered_at = answered_at, answered_at = null,
                message_key = replace(message_key, '-call-', '-sms-') where case_id = $1`,
        [c.caseId],
      ),
    );
    const senior = await makeStopCase(bench, 'told', { isSilent: true });
    expect(await decide(c, 'T-30', 30)).toMatchObject({
      outcome: 'undetermined',
      reasons: [{ code: 'nobody-known-to-know' }],
    });
    await readBillingJustNow(bench, senior);
    await bench.tx(async (tx) => {
      await tx.run(
        `update messages set channel = 'sms', status = 'delivered', delivered_at = answered_at where case_id = $1`,
        [senior.caseId],
      );
      await tx.run(
        `insert into case_steps (company_id, centre_id, case_id, step, attempt, detail, occurred_at)
         values ('co-1', 'centre-1', $1, 'senior-decision', 1, '{}', now())`,
        [senior.caseId],
      );
    });
    expect(await decide(senior, 'T-30', 30)).toMatchObject({ outcome: 'permitted' });
  });

  it('answers the same when it is asked again, whatever has changed since', async () => {
    const c = await freshCase('told');
    const first = await decide(c, 'T-45', 45);
    await bench.tx((tx) =>
      tx.run(`update accounts set protection = 'registered' where account_id = $1`, [c.accountId]),
    );
    expect(await decide(c, 'T-45', 44)).toEqual(first);
    expect(await decide(c, 'T-30', 30)).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'protected-person' }],
    });
    const decisions = await bench.tx((tx) =>
      tx.rows('select question, outcome from decisions where case_id = $1 order by recorded_at', [c.caseId]),
    );
    expect(decisions).toEqual([
      { question: 'may-stop:T-45', outcome: 'permitted' },
      { question: 'may-stop:T-30', outcome: 'refused' },
    ]);
  });
});
