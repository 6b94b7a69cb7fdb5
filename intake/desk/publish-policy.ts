import { json, type Tx } from '../../db/database.ts';
import { readPolicy } from '../../db/policies/read-policy.ts';
import { civilDate, compareDates, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { deskNowMs, keepDeskRecord } from './keep-desk-record.ts';

/** A company's own parameters for a centre, a class or a region from a day on; what is left out stays as it is below. */
export interface NewPolicy {
  version: string;
  centreId?: string;
  customerClass?: 'resident' | 'non-resident';
  region?: string;
  /** Civil dates, both included. */
  validFrom: string;
  validTo?: string;
  body: Record<string, unknown>;
  by: string;
}

interface Days {
  from: CivilDate;
  to: CivilDate | null;
}

async function daysOf(tx: Tx, policy: NewPolicy): Promise<Days> {
  let days: Days;
  try {
    days = {
      from: civilDate(policy.validFrom),
      to: policy.validTo === undefined ? null : civilDate(policy.validTo),
    };
  } catch {
    throw new IntakeRefused('not-a-date', 422, { from: policy.validFrom, to: policy.validTo ?? '' });
  }
  if (days.to !== null && compareDates(days.to, days.from) < 0)
    throw new IntakeRefused('dates-reversed', 422);
  // What was decided yesterday was decided under yesterday's policy.
  if (compareDates(days.from, civilDateAt(await deskNowMs(tx))) < 0)
    throw new IntakeRefused('policy-from-the-past', 422, { from: days.from });
  return days;
}

/** Days on which the policies that hold together change, within the new one's own days. */
async function turningDays(tx: Tx, days: Days): Promise<CivilDate[]> {
  const others = await tx.rows<{ day: CivilDate }>(
    `select distinct valid_from as day from policies where valid_from > $1 and ($2::date is null or valid_from <= $2)
     union select valid_to + 1 from policies where valid_to >= $1 and ($2::date is null or valid_to < $2)`,
    [days.from, days.to],
  );
  return [days.from, ...others.map(({ day }) => day)];
}

/** Lays the policies together as a case would, everywhere the new one reaches. @throws UnsoundPolicy */
async function checkTogether(tx: Tx, companyId: string, policy: NewPolicy, days: Days): Promise<void> {
  const places = await tx.rows<{ centreId: string; region: string }>(
    `select centre_id as "centreId", region from centres
      where ($1::text is null or centre_id = $1) and ($2::text is null or region = $2)`,
    [policy.centreId ?? null, policy.region ?? null],
  );
  const classes =
    policy.customerClass === undefined ? (['resident', 'non-resident'] as const) : [policy.customerClass];
  for (const onDate of await turningDays(tx, days))
    for (const place of places)
      for (const customerClass of classes)
        await readPolicy(tx, companyId, { ...place, customerClass, onDate });
}

/**
 * Publishes a policy from a day on; open cases keep the one they started with. Together with all others it may be stricter
 * than the law, never softer, on any of its days.
 * @throws UnsoundPolicy; IntakeRefused `policy-version-taken` (409), `policy-from-the-past`, `dates-reversed`, `not-a-date` (422)
 */
export function publishPolicy(intake: Intake, policy: NewPolicy): Promise<void> {
  const { companyId } = intake.scope;
  return intake.db.tx(intake.scope, async (tx) => {
    const days = await daysOf(tx, policy);
    const { version, centreId = null, customerClass = null, region = null, body, by } = policy;
    // Two who publish at once are checked one after the other.
    await tx.run(`select pg_advisory_xact_lock(hashtextextended('policies/' || $1, 0))`, [companyId]);
    const stored = await tx.run(
      `insert into policies (company_id, version, centre_id, customer_class, region, valid_from, valid_to, body, published_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [companyId, version, centreId, customerClass, region, days.from, days.to, json(body), by],
    );
    if (stored === 0) throw new IntakeRefused('policy-version-taken', 409, { version });
    await checkTogether(tx, companyId, policy, days);
    await keepDeskRecord(tx, companyId, {
      action: 'policy.published',
      by,
      body: { version, centreId, customerClass, region, from: days.from, to: days.to, policy: body },
    });
  });
}
