import type { Tx } from '../database.ts';

export interface CentreItem {
  centreId: string;
  name: string;
  region: string;
  openCases: number;
}

/** Centres of the scope. */
export function listCentres(tx: Tx, query: { after: string; limit: number }): Promise<CentreItem[]> {
  return tx.rows<CentreItem>(
    `select centre_id as "centreId", name, region,
            (select count(*)::int from cases c where c.centre_id = centres.centre_id and c.status = 'open') as "openCases"
       from centres where centre_id > $1 order by centre_id limit $2`,
    [query.after, query.limit],
  );
}

export function findCentre(tx: Tx, centreId: string): Promise<{ centreId: string } | undefined> {
  return tx.row<{ centreId: string }>('select centre_id as "centreId" from centres where centre_id = $1', [
    centreId,
  ]);
}

/** Does one of the scope's centres lie in the region? */
export async function isRegionOfScope(tx: Tx, region: string): Promise<boolean> {
  return (await tx.row('select 1 from centres where region = $1 limit 1', [region])) !== undefined;
}
