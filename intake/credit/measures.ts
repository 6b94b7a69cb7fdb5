import { readCalendar } from '../../db/calendar/read-calendar.ts';
import { readCounted } from '../../db/credit/read-counted.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { addDays, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { addWorkingDays } from '../../rules/calendar/working-day.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { rightsOf } from '../../rules/credit/rights.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { keepRecord } from '../keep-record.ts';
import { takeAccount } from '../take-account.ts';

/**
 * A customer takes up a right that the grade gives (G3.A, G3.B, K6.1, H5): it becomes somebody's work with a last day.
 * @throws IntakeRefused `unknown-account` (404), `no-such-right`, `right-taken-up` (409)
 */
export function claimRight(
  intake: Intake,
  fact: { accountNo: string; kind: string; by: string },
): Promise<{ measureId: string; dueOn: CivilDate }> {
  return intake.db.tx(intake.scope, async (tx) => {
    const account = await takeAccount(tx, { accountNo: fact.accountNo });
    const today = civilDateAt(account.nowMs);
    const policy = await readCreditPolicy(tx, account.companyId, today);
    const held = await tx.row<{ capacityKva: number | null }>(
      'select capacity_kva as "capacityKva" from accounts where account_id = $1',
      [account.accountId],
    );
    const supply = { category: account.category, capacityKva: held?.capacityKva ?? null };
    const counted = (await readCounted(tx, [account.accountId])).get(account.accountId) ?? null;
    const right = rightsOf(counted, supply, policy).find(({ kind }) => kind === fact.kind);
    if (right === undefined) throw new IntakeRefused('no-such-right', 409, { kind: fact.kind });
    const { claimWorkingDays } = policy.consequences;
    const calendar = await readCalendar(tx, account.companyId);
    const dueOn =
      addWorkingDays(today, claimWorkingDays, calendar, 'off') ?? addDays(today, claimWorkingDays * 3);
    const period = today.slice(0, 4);
    const measureId = `measure/${account.accountId}/${fact.kind}/${right.givenBy}/${period}`;
    const stored = await tx.run(
      `insert into credit_measures (measure_id, company_id, centre_id, account_id, scheme, kind, effect, given_by, period, owner_role,
                                    from_on, due_on, status, clause)
       values ($1, $2, $3, $4, $5, $6, 'benefit', $7, $8, $9, $10, $11, 'accepted', $12) on conflict do nothing`,
      [
        ...[measureId, account.companyId, account.centreId, account.accountId, right.scheme, fact.kind],
        ...[right.givenBy, `${period}/${right.givenBy}`, right.ownerRole, today, dueOn, right.clause],
      ],
    );
    if (stored === 0) throw new IntakeRefused('right-taken-up', 409, { kind: fact.kind });
    const occurredAt = new Date(account.nowMs).toISOString();
    await tx.run(
      `insert into tasks (task_id, company_id, centre_id, case_id, account_id, kind, role, ref, not_before, due_at, occurred_at)
       values ($1, $2, $3, null, $4, $5, $6, $7, $8, ($9::date + 1)::timestamp at time zone 'Asia/Shanghai', $8)
       on conflict do nothing`,
      [
        ...[
          `task/${measureId}`,
          account.companyId,
          account.centreId,
          account.accountId,
          `credit-${fact.kind}`,
        ],
        ...[right.ownerRole, measureId, occurredAt, dueOn],
      ],
    );
    await keepRecord(tx, account, {
      action: 'credit.right-claimed',
      factId: measureId,
      ...{ actor: fact.by, occurredAt },
      body: { measureId, kind: fact.kind, dueOn },
    });
    return { measureId, dueOn };
  });
}

/**
 * What became of a measure: the customer agrees or declines, somebody has done it. A declined restraint is no refusal of supply: it
 * only stands as declined (L1). @throws IntakeRefused `unknown-measure` (404), `measure-closed` (409)
 */
export function closeMeasure(
  intake: Intake,
  fact: { measureId: string; status: 'accepted' | 'declined' | 'done'; outcome: string; by: string },
): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row<{ account_id: string; status: string; kind: string }>(
      'select account_id, status, kind from credit_measures where measure_id = $1 for update',
      [fact.measureId],
    );
    if (of === undefined) throw new IntakeRefused('unknown-measure', 404, { what: 'measure' });
    if (of.status === fact.status) return;
    if (of.status !== 'open' && of.status !== 'accepted')
      throw new IntakeRefused('measure-closed', 409, { status: of.status });
    const account = await takeAccount(tx, { accountId: of.account_id });
    const occurredAt = new Date(account.nowMs).toISOString();
    await tx.run(
      `update credit_measures set status = $2, outcome = $3, closed_by = $4, closed_at = case when $2 = 'accepted' then null else $5::timestamptz end
        where measure_id = $1`,
      [fact.measureId, fact.status, fact.outcome, fact.by, occurredAt],
    );
    if (fact.status !== 'accepted')
      await tx.run('update tasks set done_at = $2, outcome = $3 where task_id = $1 and done_at is null', [
        `task/${fact.measureId}`,
        occurredAt,
        fact.status,
      ]);
    await keepRecord(tx, account, {
      action: 'credit.measure-closed',
      factId: `${fact.measureId}/${fact.status}`,
      ...{ actor: fact.by, occurredAt },
      body: { measureId: fact.measureId, kind: of.kind, status: fact.status },
    });
  });
}
