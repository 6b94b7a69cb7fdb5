import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../tools/postgres/roles.ts';
import { decidePermit } from '../../activities/case/decide-permit.ts';
import { makeStopCase, pay, readBillingJustNow, type StopCase } from './support/stop-case.ts';
import { MINUTE_MS, STOP_AT_MS, openWorkbench, type Workbench } from './support/workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench.close());

const ask = (
  c: StopCase,
  nowMs = STOP_AT_MS,
  over: Partial<Parameters<ReturnType<typeof decidePermit>>[0]> = {},
) =>
  decidePermit(bench.deps)({
    ...c.at(nowMs),
    ticketId: `ticket/${c.caseId}/1`,
    crewId: 'crew-1',
    readMeterNo: `meter-${c.accountId}`,
    inDoubt: false,
    ...over,
  });

const codes = (answer: { reasons: { code: string }[] }) => answer.reasons.map((reason) => reason.code);

async function readyCase(options: Parameters<typeof makeStopCase>[2] = {}): Promise<StopCase> {
  const c = await makeStopCase(bench, 'told', options);
  await readBillingJustNow(bench, c);
  return c;
}

describe('decidePermit', () => {
  it('T2.6: grants for ten minutes, stores decision, facts and rulebook', async () => {
    const c = await readyCase();
    const answer = await ask(c);
    expect(answer).toMatchObject({ outcome: 'permitted', reasons: [] });
    expect(Date.parse(answer.expiresAt ?? '')).toBe(STOP_AT_MS + 10 * MINUTE_MS);
    const [decision] = await bench.tx((tx) =>
      tx.rows<{
        question: string;
        outcome: string;
        facts: { namedBillIds: string[] };
        rulebook_version: string;
      }>('select question, outcome, facts, rulebook_version from decisions where case_id = $1', [c.caseId]),
    );
    expect(decision).toMatchObject({ question: 'may-stop:T-0', outcome: 'permitted' });
    expect(decision?.facts.namedBillIds).toEqual([`bill-${c.accountId}`]);
    expect(decision?.rulebook_version).not.toBe('');
  });

  it('T2.7: a crew that asks again gets the permit that lives; another crew gets none', async () => {
    const c = await readyCase();
    const first = await ask(c);
    expect(await ask(c, STOP_AT_MS + MINUTE_MS)).toEqual(first);
    expect(codes(await ask(c, STOP_AT_MS + MINUTE_MS, { crewId: 'crew-2' }))).toEqual([
      'permit-with-another-crew',
    ]);
  });

  it('T2.7: a permit that has led to a stop leads to no second one, whoever asks', async () => {
    const c = await readyCase();
    const { permitId } = await ask(c);
    await bench.tx((tx) =>
      tx.run(`update permits set status = 'used', used_at = occurred_at where permit_id = $1`, [permitId]),
    );
    for (const crewId of ['crew-1', 'crew-2'])
      expect(codes(await ask(c, STOP_AT_MS + MINUTE_MS, { crewId }))).toEqual(['permit-already-used']);
  });

  it('T2.6: after ten minutes the permit is dead and a new one is decided afresh', async () => {
    const c = await readyCase();
    const first = await ask(c);
    await readBillingJustNow(bench, c);
    const second = await ask(c, STOP_AT_MS + 10 * MINUTE_MS);
    expect(second.outcome).toBe('permitted');
    expect(second.permitId).not.toBe(first.permitId);
  });

  it('L2.pre: never before the notified time nor after it, and the permit ends with the interval', async () => {
    const c = await readyCase();
    expect(codes(await ask(c, STOP_AT_MS - 1))).toEqual(['before-the-notified-time']);
    expect(codes(await ask(c, STOP_AT_MS + 60 * MINUTE_MS))).toEqual(['after-the-notified-time']);
    const last = await ask(c, STOP_AT_MS + 57 * MINUTE_MS);
    expect(Date.parse(last.expiresAt ?? '')).toBe(STOP_AT_MS + 60 * MINUTE_MS);
  });

  it('T2.7: a wrong number is refused; a doubt calls the reader, whose word settles it', async () => {
    const c = await readyCase();
    expect(await ask(c, STOP_AT_MS, { readMeterNo: 'meter-next-door' })).toMatchObject({
      outcome: 'refused',
    });
    const doubt = await ask(c, STOP_AT_MS + 1, { inDoubt: true });
    expect(doubt.outcome).toBe('undetermined');
    expect(codes(doubt)).toEqual(['meter-in-doubt']);
    const tasks = await bench.tx((tx) =>
      tx.rows('select kind, assignee from tasks where case_id = $1', [c.caseId]),
    );
    expect(tasks).toEqual([{ kind: 'identify-meter', assignee: 'reader-1' }]);
    await bench.tx((tx) =>
      tx.run(
        `insert into case_steps (company_id, centre_id, case_id, step, attempt, detail, occurred_at)
         values ('co-1', 'centre-1', $1, 'meter-identified', 1, '{}', now())`,
        [c.caseId],
      ),
    );
    expect(await ask(c, STOP_AT_MS + 2, { inDoubt: true })).toMatchObject({ outcome: 'permitted' });
  });

  it('T2.6: facts older than a minute are no permission, nor are none', async () => {
    const c = await makeStopCase(bench, 'told');
    expect(await ask(c)).toMatchObject({ outcome: 'undetermined', reasons: [{ code: 'billing-not-read' }] });
    await readBillingJustNow(bench, c, 61);
    const stale = await ask(c, STOP_AT_MS + 1);
    expect(stale.outcome).toBe('undetermined');
    expect(codes(stale)).toEqual(['facts-stale']);
  });

  it('T3.4: neither approver nor applicant may hold the switch', async () => {
    const c = await readyCase();
    expect(codes(await ask(c, STOP_AT_MS, { crewId: 'head-1' }))).toEqual([
      'executor-is-applicant-or-approver',
    ]);
    expect(codes(await ask(c, STOP_AT_MS, { crewId: 'reader-1' }))).toEqual([
      'executor-is-applicant-or-approver',
    ]);
  });

  it('T2.7: a remote switch needs no number read on site, and nothing else less', async () => {
    const c = await readyCase({ remoteSwitch: true });
    expect(await ask(c, STOP_AT_MS, { crewId: 'remote', readMeterNo: '' })).toMatchObject({
      outcome: 'permitted',
    });
    const other = await readyCase({ remoteSwitch: true, protection: 'registered' });
    expect(codes(await ask(other, STOP_AT_MS, { crewId: 'remote', readMeterNo: '' }))).toEqual([
      'protected-person',
    ]);
  });

  it('T2.3: a ticket of another attempt opens nothing', async () => {
    const c = await readyCase();
    expect(codes(await ask(c, STOP_AT_MS, { ticketId: `ticket/${c.caseId}/2` }))).toEqual([
      'ticket-of-another-attempt',
    ]);
  });

  it('the same request twice keeps its stored answer', async () => {
    const c = await makeStopCase(bench, 'told');
    const first = await ask(c);
    await readBillingJustNow(bench, c);
    expect(await ask(c)).toEqual(first);
  });

  it('T1.2: a part payment since the red notice is enough to refuse', async () => {
    const c = await readyCase();
    await pay(bench, c, `part-${c.caseId}`, 100);
    expect(codes(await ask(c))).toEqual(['payment-since-notice']);
  });
});

describe('T2.6: paid XOR permitted', () => {
  it('of a payment and a request in the same moment only one stands, whichever comes first', async () => {
    const cases = await Promise.all(Array.from({ length: 24 }, () => readyCase()));
    const outcomes = await Promise.all(
      cases.map(async (c, i) => {
        const race = [() => ask(c), () => pay(bench, c, `race-${c.caseId}`)];
        if (i % 2 === 1) race.reverse();
        await Promise.all(race.map((start) => start()));
        return bench.tx((tx) =>
          tx.row<{ live: number; paid: number; granted_after: number }>(
            `select (select count(*) from permits where account_id = $1 and status = 'granted') as live,
                    (select count(*) from payments where account_id = $1) as paid,
                    (select count(*) from permits p join payments m using (account_id)
                      where p.account_id = $1 and p.recorded_at > m.recorded_at) as granted_after`,
            [c.accountId],
          ),
        );
      }),
    );
    for (const row of outcomes) expect(row).toEqual({ live: 0, paid: 1, granted_after: 0 });
  });

  it('what the database refuses at the last moment is answered and stored as a refusal', async () => {
    const c = await readyCase();
    await withClient(bench.ownerUrl, (owner) =>
      owner.query(`
        create function refuse_blind() returns trigger language plpgsql as
        $$ begin raise exception 'T2.6: a payment stands' using errcode = 'check_violation'; end $$;
        create trigger refuse_blind before insert on permits for each row when (new.crew_id = 'crew-blind')
          execute function refuse_blind();`),
    );
    const answer = await ask(c, STOP_AT_MS, { crewId: 'crew-blind' });
    expect(answer).toMatchObject({ outcome: 'refused', reasons: [{ code: 'paid-at-the-last-moment' }] });
    const decisions = await bench.tx((tx) =>
      tx.rows('select outcome from decisions where case_id = $1', [c.caseId]),
    );
    expect(decisions).toEqual([{ outcome: 'refused' }]);
  });

  it('a grant that slips past every rule is still refused by the database', async () => {
    const c = await readyCase();
    await ask(c);
    await pay(bench, c, `late-${c.caseId}`);
    const [decision] = await bench.tx((tx) =>
      tx.rows<{ decision_id: string }>('select decision_id from decisions where case_id = $1', [c.caseId]),
    );
    const grant = bench.tx((tx) =>
      tx.run(
        `insert into permits (permit_id, company_id, centre_id, account_id, case_id, attempt, ticket_id, crew_id, meter_no,
                              decision_id, status, occurred_at, expires_at)
         values ('forged', 'co-1', 'centre-1', $1, $2, 1, $3, 'crew-1', 'm', $4, 'granted', now(), now() + interval '5 min')`,
        [c.accountId, c.caseId, `ticket/${c.caseId}/1`, decision?.decision_id],
      ),
    );
    await expect(grant).rejects.toMatchObject({ code: '23514' });
  });
});
