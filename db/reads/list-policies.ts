import type { Tx } from '../database.ts';

export interface PolicyItem {
  version: string;
  centreId: string | null;
  customerClass: string | null;
  region: string | null;
  validFrom: string;
  validTo: string | null;
  body: Record<string, unknown>;
  publishedBy: string;
  recordedAt: string;
}

/** Every policy that the company ever published, the latest to begin first. */
export function listPolicies(
  tx: Tx,
  query: { before: string[] | undefined; limit: number },
): Promise<PolicyItem[]> {
  return tx.rows<PolicyItem>(
    `select version, centre_id as "centreId", customer_class as "customerClass", region, valid_from as "validFrom",
            valid_to as "validTo", body, published_by as "publishedBy", recorded_at as "recordedAt"
       from policies where $1::date is null or (valid_from, version) < ($1, $2)
      order by valid_from desc, version desc limit $3`,
    [query.before?.[0] ?? null, query.before?.[1] ?? null, query.limit],
  );
}
