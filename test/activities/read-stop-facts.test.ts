import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStopFacts } from '../../db/facts/read-stop-facts.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import { withClient } from '../../tools/postgres/roles.ts';
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

const read = (c: StopCase) => bench.tx((tx) => readStopFacts(tx, c.at(STOP_AT_MS)));
const run = (sql: string, values: unknown[]) => bench.tx((tx) => tx.run(sql, values));

describe('readStopFacts', () => {
  it('reads a whole attempt: plan, notices, approval, ticket, the word on the phone', async () => {
    const c = await makeStopCase(bench, 'told');
    expect(await read(c)).toMatchObject({
      accountId: c.accountId,
      meterNo: `meter-${c.accountId}`,
      protection: 'none',
      isCaseOpen: true,
      namedBillIds: [`bill-${c.accountId}`],
      bills: [
        {
          billId: `bill-${c.accountId}`,
          service: 'electricity',
          openFen: 20_000,
          dueDate: '2026-09-20',
          disputed: false,
        },
      ],
      slots: [{ stopDate: STOP_DATE, startMinute: 600, ticketDate: TICKET_DATE }, { stopDate: '2026-11-12' }],
      stopAtMs: STOP_AT_MS,
      planStatus: 'fixed',
      red: {
        status: 'served',
        sumFen: 21_000,
        stopAtMs: STOP_AT_MS,
        lastPaymentOn: TICKET_DATE,
        intervalMinutes: 60,
      },
      approval: { status: 'approved', applicantId: 'reader-1', approverIds: ['head-1'] },
      contacts: 2,
      secondNoticeAtMs: STOP_AT_MS - 44 * MINUTE_MS,
      ticket: { status: 'dispatched', meterNo: `meter-${c.accountId}` },
      billingAgeSeconds: null,
      onSite: null,
    });
  });

  it('T2.6: the age of billing is the database’s own, whatever time the case says', async () => {
    const c = await makeStopCase(bench, 'told');
    await readBillingJustNow(bench, c, 40);
    const { billingAgeSeconds } = await read(c);
    expect(billingAgeSeconds).toBeGreaterThanOrEqual(40);
    expect(billingAgeSeconds).toBeLessThan(60);
  });

  it('T2.6: money taken and not posted is in flight; posted or taken back it is not', async () => {
    const c = await makeStopCase(bench, 'approved');
    const put = (status: string, id: string) =>
      run(
        `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at)
         values ('co-1', 'centre-1', $1, $2, $3, 500, 'bank', 'test', now())`,
        [id, status, c.accountId],
      );
    for (const id of ['p-1', 'p-2', 'p-3']) await put('in-flight', `${id}-${c.accountId}`);
    expect(await read(c)).toMatchObject({ inFlightFen: 1500, paidSinceRedFen: 0 });
    await put('posted', `p-1-${c.accountId}`);
    await put('reversed', `p-2-${c.accountId}`);
    expect((await read(c)).inFlightFen).toBe(500);
  });

  it('T2.6: a payment since the red notice counts once, in whatever status, and not once it is taken back', async () => {
    const c = await makeStopCase(bench, 'red-served');
    await pay(bench, c, `since-${c.accountId}`, 700);
    expect((await read(c)).paidSinceRedFen).toBe(700);
    await run(
      `insert into payments select company_id, centre_id, payment_id, 'reversed', account_id, amount_fen, channel, bill_ids,
              source, occurred_at from payments where payment_id = $1`,
      [`since-${c.accountId}`],
    );
    expect((await read(c)).paidSinceRedFen).toBe(0);
  });

  it('L10: an order reaches the account by region, class or number; a lifted one does not', async () => {
    const c = await makeStopCase(bench, 'approved');
    const order = (id: string, over: Record<string, string | null>) =>
      run(
        `insert into shields (company_id, shield_id, region, customer_class, account_id, effect, order_no, reason, from_on, to_on,
                              set_by, lifted_at)
         values ('co-1', $1, $2, $3, $4, $5, 'no', 'heat', $6, $7, 'head', $8)`,
        [
          `${id}-${c.accountId}`,
          over['region'] ?? null,
          over['class'] ?? null,
          over['account'] ?? null,
          over['effect'] ?? 'no-stop',
          STOP_DATE,
          addDays(STOP_DATE, 1),
          over['lifted'] ?? null,
        ],
      );
    await order('elsewhere', { region: 'other-region' });
    await order('others', { class: 'non-resident' });
    await order('lifted', { account: c.accountId, lifted: '2026-11-01' });
    expect(await read(c)).toMatchObject({ stopShields: [], feeShields: [] });
    await order('fee', { account: c.accountId, effect: 'no-late-fee' });
    await order('both', { account: c.accountId, effect: 'both' });
    const period = { from: STOP_DATE, to: addDays(STOP_DATE, 1) };
    expect(await read(c)).toMatchObject({ stopShields: [period], feeShields: [period, period] });
  });

  it('T3.4: an approval nobody gave in time reads as expired', async () => {
    const c = await makeStopCase(bench, 'approved');
    await run(`update approvals set status = 'pending' where case_id = $1`, [c.caseId]);
    const at = (nowMs: number) => bench.tx((tx) => readStopFacts(tx, c.at(nowMs)));
    const expiresMs = epochMsOf(addDays(STOP_DATE, -6), 0);
    expect((await at(expiresMs - 1)).approval?.status).toBe('pending');
    expect((await at(expiresMs)).approval?.status).toBe('expired');
  });

  it('T3.4: whom a deputy signed for counts as approver too', async () => {
    const c = await makeStopCase(bench, 'planned');
    await run(
      `insert into delegations values ($1, 'co-1', 'head-7', 'deputy-7', 'station-head', now(), now() + interval '1 day')`,
      [`d-${c.caseId}`],
    );
    await run(
      `insert into approvals (approval_id, company_id, centre_id, case_id, attempt, status, applicant_id, required_roles, bound,
                              expires_at, occurred_at)
       values ($1, 'co-1', 'centre-1', $2, 1, 'approved', 'reader-1', '{station-head}', '{}', now(), now())`,
      [`approval/${c.caseId}/1`, c.caseId],
    );
    await run(
      `insert into approval_decisions (company_id, centre_id, approval_id, role, approver_id, delegation_id, decision, reason, occurred_at)
       values ('co-1', 'centre-1', $1, 'station-head', 'deputy-7', $2, 'approve', 'ok', now())`,
      [`approval/${c.caseId}/1`, `d-${c.caseId}`],
    );
    expect((await read(c)).approval?.approverIds.toSorted()).toEqual(['deputy-7', 'head-7']);
  });

  it('finds one account’s money by its index, however much others have paid', async () => {
    const [one, other] = [await makeStopCase(bench, 'told'), await makeStopCase(bench, 'told')];
    await bench.tx((tx) =>
      tx.run(
        `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, bill_ids, source, occurred_at)
         select 'co-1', 'centre-1', 'many-' || n, 'posted', $1, 100, 'cash', '{}', 'feed', now() from generate_series(1, 5000) n`,
        [other.accountId],
      ),
    );
    await withClient(bench.ownerUrl, (owner) => owner.query('analyze payments'));
    const plan = await bench.tx((tx) =>
      tx.rows<Record<string, string>>(
        `explain select sum(amount_fen) from payments_standing where account_id = '${one.accountId}'`,
      ),
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain(
      `Index Cond: (account_id = '${one.accountId}'`,
    );
  });
});
