import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { checkCreditPolicy } from '../../rules/credit/check-credit-policy.ts';
import { defaultCreditPolicy } from '../../rules/credit/default-policy.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import type { Tx } from '../database.ts';
import { UnsoundPolicy } from '../policies/read-policy.ts';

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function laid(base: Tree, over: Tree): Tree {
  const both = Object.entries(over).map(([key, value]) => {
    const below = base[key];
    return [key, isTree(below) && isTree(value) ? laid(below, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(both) };
}

/** A basis that is signed by two, not taken back, and in force on $2; one a measure. */
const BASES = `
select distinct measure from legal_bases
 where company_id = $1 and signed_at is not null and revoked_at is null
   and valid_from <= $2::date and (valid_to is null or valid_to >= $2::date)`;

/**
 * The definitions of credit of a day: what was published, laid over the defaults, oldest first. A measure that the law does not
 * give of itself (L1) is on only while a recorded basis holds, whatever a policy says. @throws UnsoundPolicy
 */
export async function readCreditPolicy(tx: Tx, companyId: string, onDate: CivilDate): Promise<CreditPolicy> {
  const rows = await tx.rows<{ version: string; body: Tree }>(
    `select version, body from credit_policies
      where company_id = $1 and valid_from <= $2::date and (valid_to is null or valid_to >= $2::date)
      order by valid_from, recorded_at`,
    [companyId, onDate],
  );
  const base = defaultCreditPolicy(onDate);
  const body = rows.reduce<Tree>((below, row) => laid(below, row.body), base as unknown as Tree);
  const bases = await tx.rows<{ measure: string }>(BASES, [companyId, onDate]);
  const held = new Set(bases.map(({ measure }) => measure));
  const policy = {
    ...(body as unknown as CreditPolicy),
    version: rows.at(-1)?.version ?? base.version,
  };
  const faults = checkCreditPolicy(policy);
  if (faults.length > 0) throw new UnsoundPolicy(policy.version, faults);
  return { ...policy, enabled: policy.enabled.filter((measure) => held.has(measure)) };
}
