import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { Calendar } from '../../rules/calendar/working-day.ts';
import { isDedicated, type MeasureSpec, type SupplyFacts } from '../../rules/credit/consequences.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import { prepaymentFen } from '../../rules/credit/prepayment.ts';
import { resumedDueOn } from '../../rules/credit/remedy-clock.ts';
import type { Grade, Scheme, Standing } from '../../rules/credit/scheme.ts';
import { turnsOf } from '../../rules/credit/when-due.ts';
import { json, type Tx } from '../database.ts';

/** Whose measures, from which grade, from which day. */
export interface MeasuresOf {
  companyId: string;
  centreId: string;
  accountId: string;
  supply: SupplyFacts;
  scheme: Scheme;
  givenBy: Standing;
  onDate: CivilDate;
  policy: CreditPolicy;
  calendar: Calendar;
}

interface MeasureRow {
  measureId: string;
  kind: string;
  effect: string;
  period: string;
  ownerRole: string;
  fromOn: CivilDate;
  dueOn: CivilDate;
  amountFen: number | null;
  params: Record<string, string | number>;
  clause: string;
  basis: string | null;
}

function rowsOf(of: MeasuresOf, spec: MeasureSpec): MeasureRow[] {
  const isPrepayment = spec.kind === 'prepayment-proposal' && of.supply.capacityKva !== null;
  const grade = of.givenBy as Exclude<Grade, 'A'>;
  const c = of.policy.consequences;
  return turnsOf(spec.term, of.onDate, of.calendar).map((turn) => ({
    measureId: `measure/${of.accountId}/${spec.kind}/${of.givenBy}/${turn.period}`,
    kind: spec.kind,
    effect: spec.effect,
    period: `${turn.period}/${of.givenBy}`,
    ownerRole: spec.ownerRole,
    fromOn: turn.fromOn,
    dueOn: turn.dueOn,
    amountFen: isPrepayment ? prepaymentFen(of.supply.capacityKva ?? 0, grade, c) : null,
    params: isPrepayment
      ? {
          capacityKva: of.supply.capacityKva ?? 0,
          yuanPerKva: c.prepaymentYuanPerKva,
          sharePercent: c.prepaymentSharePercent[grade],
        }
      : isDedicated(of.supply) || spec.kind !== 'prepaid-meter-offer'
        ? {}
        : { meter: 'prepaid' },
    clause: spec.clause,
    basis: spec.basis ?? null,
  }));
}

const PUT = `
insert into credit_measures (measure_id, company_id, centre_id, account_id, scheme, kind, effect, given_by, period, owner_role,
                             from_on, due_on, status, amount_fen, params, clause, basis_id)
select x."measureId", $1, $2, $3, $4, x.kind, x.effect, $5, x.period, x."ownerRole", x."fromOn", x."dueOn", 'open',
       x."amountFen", x.params, x.clause,
       (select basis_id from legal_bases b where b.measure = x.basis and b.signed_at is not null and b.revoked_at is null
         order by b.valid_from desc limit 1)
  from jsonb_to_recordset($6::jsonb) as x ("measureId" text, kind text, effect text, period text, "ownerRole" text,
       "fromOn" date, "dueOn" date, "amountFen" bigint, params jsonb, clause text, basis text)
on conflict do nothing`;

/** Every measure of somebody's is also somebody's work, from its first day to the end of its last (Shanghai). */
const PUT_TASKS = `
insert into tasks (task_id, company_id, centre_id, case_id, account_id, kind, role, assignee, ref, not_before, due_at, occurred_at)
select 'task/' || m.measure_id, m.company_id, m.centre_id, null, m.account_id, 'credit-' || m.kind, m.owner_role,
       case when m.owner_role = 'reader' then a.reader_id end, m.measure_id,
       m.from_on::timestamp at time zone 'Asia/Shanghai', (m.due_on + 1)::timestamp at time zone 'Asia/Shanghai',
       m.recorded_at
  from credit_measures m join accounts a using (account_id)
 where m.account_id = $1 and m.measure_id = any ($2) and m.status = 'open'
on conflict (task_id) do nothing`;

/** Opens the measures that a grade brings, each with owner and days, and the work that goes with them; twice changes nothing. */
export async function putMeasures(
  tx: Tx,
  of: MeasuresOf,
  specs: readonly MeasureSpec[],
): Promise<{ measureId: string; kind: string }[]> {
  // A right is the customer's to claim (claim-benefit.ts); what somebody has to do stands here.
  const rows = specs.filter(({ effect }) => effect !== 'benefit').flatMap((spec) => rowsOf(of, spec));
  if (rows.length === 0) return [];
  await tx.run(PUT, [of.companyId, of.centreId, of.accountId, of.scheme, of.givenBy, json(rows)]);
  await tx.run(PUT_TASKS, [of.accountId, rows.map(({ measureId }) => measureId)]);
  return rows.map(({ measureId, kind }) => ({ measureId, kind }));
}

/** The work of a measure `m`: its own task `t`, and that of bringing its letter. */
export const ITS_TASK = `t.task_id in ('task/' || m.measure_id, 'task/letter/' || m.kind || '/' || m.measure_id)`;

/** Ends what another grade had brought; what was done stays done. */
export async function endMeasures(
  tx: Tx,
  of: { accountId: string; scheme: Scheme; unlessGivenBy: Standing; by: string },
): Promise<void> {
  await tx.run(
    `with ended as (
       update credit_measures set status = 'ended', status_before = status, closed_at = clock_timestamp(), closed_by = $4, outcome = 'grade-changed'
        where account_id = $1 and scheme = $2 and given_by <> $3 and status in ('open', 'accepted', 'suspended')
        returning measure_id, kind)
     update tasks t set done_at = clock_timestamp(), outcome = 'grade-changed'
       from ended m where ${ITS_TASK} and t.done_at is null`,
    [of.accountId, of.scheme, of.unlessGivenBy, of.by],
  );
}

/** Restraints rest while an objection is decided (L5), and their work with them. */
export async function restMeasures(tx: Tx, accountId: string): Promise<number> {
  await tx.run(
    `update tasks t set done_at = clock_timestamp(), outcome = 'suspended'
       from credit_measures m
      where m.account_id = $1 and m.effect in ('restraint', 'duty') and m.status = 'open'
        and ${ITS_TASK} and t.done_at is null`,
    [accountId],
  );
  return tx.run(
    `update credit_measures set status = 'suspended'
      where account_id = $1 and effect in ('restraint', 'duty') and status = 'open'`,
    [accountId],
  );
}

/** Nothing is under objection any more: what rested since `restedFrom` goes on, with as many days as were left (L5). */
export async function wakeMeasures(
  tx: Tx,
  of: { accountId: string; restedFrom: CivilDate; resumedOn: CivilDate; calendar: Calendar },
): Promise<number> {
  const rested = await tx.rows<{ measureId: string; dueOn: CivilDate }>(
    `select measure_id as "measureId", due_on as "dueOn" from credit_measures
      where account_id = $1 and status = 'suspended' for update`,
    [of.accountId],
  );
  const resumed = rested.map(({ measureId, dueOn }) => ({
    measureId,
    dueOn: resumedDueOn(dueOn, of.restedFrom, of.resumedOn, of.calendar),
  }));
  await tx.run(
    `update credit_measures m set status = 'open', due_on = x."dueOn"
       from jsonb_to_recordset($1::jsonb) as x ("measureId" text, "dueOn" date) where m.measure_id = x."measureId"`,
    [json(resumed)],
  );
  await tx.run(
    `update tasks t set done_at = null, outcome = null,
            due_at = (m.due_on + 1)::timestamp at time zone 'Asia/Shanghai'
       from credit_measures m
      where m.measure_id = any ($1) and ${ITS_TASK} and t.outcome = 'suspended'`,
    [resumed.map(({ measureId }) => measureId)],
  );
  return resumed.length;
}
