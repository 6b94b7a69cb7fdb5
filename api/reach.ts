import { findCentre, isRegionOfScope } from '../db/reads/list-centres.ts';
import type { Tx } from '../db/database.ts';
import type { Context } from './http/route.ts';
import { found, Problem } from './http/problem.ts';

/** What reaches beyond single centres is for those who see all of them. @throws Problem 403 `centre-not-permitted` */
export function requireWholeCompany({ scope }: Context): void {
  if (scope.centreIds !== '*') throw new Problem(403, 'centre-not-permitted', { params: { centreId: '*' } });
}

/** @throws Problem 404 `not-found` for a centre outside the scope */
export async function requireCentre(tx: Tx, centreId: string): Promise<void> {
  found(await findCentre(tx, centreId), 'centre');
}

/** A region counts as one's own where one of one's centres lies in it. @throws Problem 404 `not-found` */
export async function requireRegion(tx: Tx, region: string): Promise<void> {
  found((await isRegionOfScope(tx, region)) ? region : undefined, 'region');
}
