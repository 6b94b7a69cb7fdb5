import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDraw, listDrawEntries } from '../../db/credit/list-runs.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { decideAdjustment, proposeAdjustment } from '../../intake/credit/adjust-score.ts';
import { decideBasis, publishCreditPolicy, recordBasis } from '../../intake/credit/credit-policies.ts';
import { announceDraw, drawWinners } from '../../intake/credit/draws.ts';
import { claimRight, closeMeasure } from '../../intake/credit/measures.ts';
import { orderByCredit } from '../../intake/credit/orderings.ts';
import { planOutage, settleCommitment, signCommitment } from '../../intake/credit/trusted-lane.ts';
import type { Intake } from '../../intake/deps.ts';
import { addDays, civilDate } from '../../rules/calendar/civil-date.ts';
import { DRAW_CLASSES, drawOf } from '../../rules/credit/draw.ts';
import { COMPANY, type Books } from './support/books.ts';
import { no, openCustomers, today, type Customers } from './support/customers.ts';

let customers: Customers;
let books: Books;
let intake: Intake;
beforeAll(async () => {
  customers = await openCustomers();
  ({ books, intake } = customers);
});
afterAll(() => customers?.books.close());

describe('what follows', () => {
  test('G3.C, G3.D, G3.B: measures with owner and days, ended when the grade changes', async () => {
    await customers.move('late', 'C');
    const c = (await customers.fileOf('late')).measures;
    expect(c.find((m) => m['kind'] === 'prepaid-meter-offer')).toMatchObject({
      ownerRole: 'centre',
      status: 'open',
      effect: 'restraint',
    });
    expect(c.filter((m) => m['kind'] === 'close-inspection')).toHaveLength(4);
    await customers.move('late', 'D');
    const d = (await customers.fileOf('late')).measures;
    expect(d.filter((m) => m['kind'] === 'monthly-inspection')).toHaveLength(12);
    expect(d.filter((m) => m['givenBy'] === 'C').every((m) => m['status'] === 'ended')).toBe(true);
    const open = await books.tx((tx) =>
      tx.rows<{ kind: string; role: string }>(
        `select kind, role from tasks where account_id = 'late' and done_at is null order by kind`,
      ),
    );
    expect(open.filter(({ kind }) => kind === 'credit-monthly-inspection')).toHaveLength(12);
    await customers.move('late', 'A');
    const a = (await customers.fileOf('late')).measures;
    expect(a.every((m) => m['status'] === 'ended')).toBe(true);
    await customers.move('big', 'C');
    const proposal = (await customers.fileOf('big')).measures.find(
      (m) => m['kind'] === 'prepayment-proposal',
    );
    expect(proposal).toMatchObject({
      amountFen: 3_150_000,
      params: { capacityKva: 315, yuanPerKva: 100, sharePercent: 100 },
    });
    await closeMeasure(intake, {
      measureId: String(proposal?.['measureId']),
      status: 'declined',
      outcome: '用户不同意',
      by: 'clerk-chen',
    });
    expect(
      (await customers.fileOf('big')).measures.find((m) => m['kind'] === 'prepayment-proposal'),
    ).toMatchObject({
      status: 'declined',
    });
    await customers.move('big', 'A');
  });

  test('G3.A, K6.1: a right that is taken up becomes work with a last day, once a year', async () => {
    const claim = { accountNo: no('good'), kind: 'yearly-inspection', by: 'clerk-xu' };
    const { measureId, dueOn } = await claimRight(intake, claim);
    expect(dueOn > today).toBe(true);
    const task = await books.tx((tx) =>
      tx.row<{ role: string }>('select role from tasks where ref = $1', [measureId]),
    );
    expect(task).toEqual({ role: 'crew' });
    await expect(claimRight(intake, claim)).rejects.toThrow(/right-taken-up/);
    await expect(claimRight(intake, { ...claim, kind: 'price-discount' })).rejects.toThrow(/no-such-right/);
  });

  test('H5: a trusted customer signs in place of a proof of title; a broken word closes the lane', async () => {
    const wish = {
      ...{
        accountNo: no('trusted'),
        application: '增容-1',
        text: '承诺产权无争议',
        proofSha256: 'b'.repeat(64),
      },
      ...{ signedOn: today, by: 'clerk-xu' },
    };
    const { commitmentId } = await signCommitment(intake, wish);
    await settleCommitment(intake, { commitmentId, kept: false, reason: '产权存在争议', by: 'credit-he' });
    await expect(signCommitment(intake, { ...wish, application: '增容-2' })).rejects.toThrow(
      /commitment-broken-before/,
    );
    expect((await customers.fileOf('trusted')).records[0]).toMatchObject({ kind: 'breach', counts: true });
  });

  test('G3.1, G3.2, G3.4, R3: orderings are answered, explained and kept', async () => {
    await customers.move('scored', 'D');
    const candidates = [{ accountNo: no('scored') }, { accountNo: no('good') }];
    const service = await orderByCredit(intake, { purpose: 'service', candidates }, 'clerk-chen');
    expect(service.items.map(({ id }) => id)).toEqual([no('good'), no('scored')]);
    const cut = await orderByCredit(
      intake,
      { purpose: 'rationing', candidates, kinds: ['resident'] },
      'manager-sun',
    );
    expect(cut.items.map(({ id }) => id)).toEqual([no('scored'), no('good')]);
    expect(cut.items[0]?.why.zh).toContain('信用等级 D');
    // L5: under objection nobody stands worse than a new customer.
    await books.tx((tx) =>
      tx.run(`update credit_standings set objected_at = now() where account_id = 'scored'`),
    );
    const objected = await orderByCredit(intake, { purpose: 'dunning', candidates }, 'clerk-chen');
    expect(objected.items[0]?.why.zh).toContain('信用等级 B');
    const works = { id: 'w', on: civilDate('2027-03-01'), unsuitedAccountNos: [no('good')] };
    expect(
      (await orderByCredit(intake, { purpose: 'maintenance', windows: [works] }, 'clerk-chen')).items,
    ).toHaveLength(1);
    await books.tx((tx) =>
      tx.run(`update credit_standings set objected_at = null where account_id = 'scored'`),
    );
    await customers.move('scored', 'A');
  });

  test('G3.A: planned works lie ahead', async () => {
    const fromAt = new Date(Date.now() + 86_400_000).toISOString();
    const works = {
      centreId: 'centre-1',
      region: '淮阴区',
      fromAt,
      toAt: new Date(Date.now() + 90_000_000).toISOString(),
      reason: '检修',
    };
    expect((await planOutage(intake, { ...works, by: 'clerk-chen' })).outageId).toMatch(/^outage-/);
    const past = { ...works, fromAt: '2020-01-01T00:00:00Z', by: 'clerk-chen' };
    await expect(planOutage(intake, past)).rejects.toThrow(/outage-in-the-past/);
  });

  test('G3.5: announced before the seed, drawn by another, and the same list for whoever runs it again', async () => {
    await announceDraw(intake, { year: 2026, seedSource: '双色球 2027004 期', by: 'credit-he' });
    const held = { year: 2026, seed: '03 11 17 22 29 31 + 08' };
    await expect(drawWinners(intake, { ...held, by: 'credit-he' })).rejects.toThrow(/four-eyes/);
    const { drawId, classes } = await drawWinners(intake, { ...held, by: 'company-head-zhu' });
    expect(classes['dedicated-transformer']).toMatchObject({ population: 1, winners: 1 });
    await expect(drawWinners(intake, { ...held, by: 'company-head-zhu' })).rejects.toThrow(/already-drawn/);
    const { draw, entries } = await books.tx(async (tx) => ({
      draw: await findDraw(tx, 2026),
      entries: await listDrawEntries(tx, drawId),
    }));
    for (const drawClass of DRAW_CLASSES) {
      const own = entries.filter((entry) => entry.class === drawClass);
      const again = drawOf(
        held.seed,
        drawClass,
        own.map(({ id }) => id),
        draw?.sharePermille ?? 0,
      );
      expect(again.map(({ id }) => id)).toEqual(own.toSorted((a, b) => a.rank - b.rank).map(({ id }) => id));
    }
    const awards = await books.tx((tx) => tx.rows(`select 1 from tasks where kind = 'credit-draw-award'`));
    expect(awards.length).toBe(entries.filter(({ won }) => won).length);
  });
});

describe('definitions', () => {
  const body = { enabled: ['publication'] };
  test('L1: what lacks a legal basis cannot be switched on without one that two have signed, and is off when it falls', async () => {
    const policy = { version: 'with-publication', validFrom: today, body, by: 'manager-sun' };
    await expect(publishCreditPolicy(intake, policy)).rejects.toThrow(/no-legal-basis/);
    const basis = {
      basisId: 'basis-1',
      measure: 'publication' as const,
      document: '江苏省社会信用条例',
      article: '第 28 条',
      validFrom: today,
    };
    await recordBasis(intake, { ...basis, by: 'credit-he' });
    await expect(publishCreditPolicy(intake, policy)).rejects.toThrow(/no-legal-basis/);
    await expect(
      decideBasis(intake, { basisId: 'basis-1', decision: 'sign', by: 'credit-he' }),
    ).rejects.toThrow(/four-eyes/);
    await decideBasis(intake, { basisId: 'basis-1', decision: 'sign', by: 'manager-sun' });
    await publishCreditPolicy(intake, policy);
    const now = () => books.tx((tx) => readCreditPolicy(tx, COMPANY, today));
    expect(await now()).toMatchObject({ version: 'with-publication', enabled: ['publication'] });
    await decideBasis(intake, { basisId: 'basis-1', decision: 'revoke', by: 'manager-sun' });
    expect((await now()).enabled).toEqual([]);
  });

  test('K3: definitions against a clause, or from the past, are refused', async () => {
    const strict = {
      version: 'strict',
      validFrom: today,
      body: { grade: { oneMonthDays: 20 } },
      by: 'manager-sun',
    };
    await expect(publishCreditPolicy(intake, strict)).rejects.toThrow(/credit-policy-out-of-order/);
    const past = { ...strict, validFrom: addDays(today, -1), body: { grade: { newCustomerMonths: 6 } } };
    await expect(publishCreditPolicy(intake, past)).rejects.toThrow(/policy-from-the-past/);
  });

  test('K5.2: an adjustment needs a reason, stays inside its bound, and a second person', async () => {
    await expect(
      proposeAdjustment(intake, { accountNo: no('scored'), points: -50, reason: 'x', by: 'credit-he' }),
    ).rejects.toThrow(/adjustment-too-large/);
    const { adjustmentId } = await proposeAdjustment(intake, {
      accountNo: no('scored'),
      points: -9,
      reason: '多次拒绝配合检查',
      by: 'credit-he',
    });
    await expect(
      decideAdjustment(intake, { adjustmentId, decision: 'accept', by: 'credit-he' }),
    ).rejects.toThrow(/four-eyes/);
    await decideAdjustment(intake, { adjustmentId, decision: 'accept', by: 'manager-sun' });
    const { scores } = await customers.fileOf('scored');
    expect(scores[0]).toMatchObject({ scoreCenti: 9_700, finalCenti: 8_800, scoreGrade: 'good' });
    expect(scores[0]?.why.zh).toContain('人工定性调整 -9');
  });
});
