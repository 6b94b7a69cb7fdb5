import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { checkPolicy } from '../../rules/parameters/check-policy.ts';
import { defaultPolicy } from '../../rules/parameters/default-policy.ts';
import type { Policy } from '../../rules/parameters/policy.ts';
import type { Reason } from '../../rules/verdict.ts';
import type { Tx } from '../database.ts';

export interface PolicyScope {
  centreId: string;
  customerClass: 'resident' | 'non-resident';
  region: string;
  onDate: CivilDate;
}

/** The policies of a day are, laid together, softer than the law or without sense; `reasons` says where. */
export class UnsoundPolicy extends Error {
  override readonly name = 'UnsoundPolicy';
  readonly reasons: readonly Reason[];
  constructor(version: string, reasons: readonly Reason[]) {
    const faults = reasons.map(({ code, params }) => `${code} ${params?.['name'] ?? ''}`).join(', ');
    super(`policy ${version}: ${faults}`);
    this.reasons = reasons;
  }
}

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lays a partial body over a whole one, branch by branch; lists are replaced. */
function merged(base: Tree, over: Tree): Tree {
  const both = Object.entries(over).map(([key, value]) => {
    const below = base[key];
    return [key, isTree(below) && isTree(value) ? merged(below, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(both) };
}

/**
 * The policy of a day: the published bodies that fit laid over the defaults, the general first, the most specific last
 * (centre, then class, then region). @throws UnsoundPolicy when the result is softer than the law: it must never run a case
 */
export async function readPolicy(tx: Tx, companyId: string, scope: PolicyScope): Promise<Policy> {
  const rows = await tx.rows<{ version: string; body: Tree }>(
    `select version, body from policies
      where company_id = $1 and valid_from <= $2::date and (valid_to is null or valid_to >= $2::date)
        and (centre_id is null or centre_id = $3) and (customer_class is null or customer_class = $4)
        and (region is null or region = $5)
      order by (centre_id is not null)::int * 4 + (customer_class is not null)::int * 2 + (region is not null)::int,
               valid_from, recorded_at`,
    [companyId, scope.onDate, scope.centreId, scope.customerClass, scope.region],
  );
  const base = defaultPolicy(scope.onDate);
  const body = rows.reduce<Tree>((below, row) => merged(below, row.body), base as unknown as Tree);
  const version = rows.length === 0 ? base.version : rows.map((row) => row.version).join('+');
  const policy = { ...body, version } as unknown as Policy;
  const faults = checkPolicy(policy, scope.onDate);
  if (faults.length > 0) throw new UnsoundPolicy(version, faults);
  return policy;
}
