import type { Tx } from '../../db/database.ts';
import type { Intake } from '../deps.ts';
import { keepDeskRecord } from './keep-desk-record.ts';

/** A meter-reading centre; its region is what shields and weather warnings name. */
export interface CentreFact {
  readonly centreId: string;
  readonly name: string;
  readonly region: string;
}

/** The company of an installation and its centres; the names stand on every notice. */
export interface CompanyFact {
  readonly name: string;
  readonly centres: readonly CentreFact[];
}

/** What was written: ids of centres, and whether the company's own name changed. */
export interface CompanyKept {
  readonly isNamed: boolean;
  readonly added: readonly string[];
  readonly changed: readonly string[];
}

async function keepCentre(
  tx: Tx,
  companyId: string,
  { centreId, name, region }: CentreFact,
): Promise<'added' | 'changed' | 'same'> {
  const written = await tx.row<{ isNew: boolean }>(
    `insert into centres (centre_id, company_id, name, region) values ($1, $2, $3, $4)
     on conflict (centre_id) do update set name = excluded.name, region = excluded.region
      where (centres.name, centres.region) is distinct from (excluded.name, excluded.region)
     returning xmax = 0 as "isNew"`,
    [centreId, companyId, name, region],
  );
  if (written === undefined) return 'same';
  return written.isNew ? 'added' : 'changed';
}

/**
 * Writes down the company that this installation serves, and its centres; the same again changes nothing. A centre that is
 * left out stays: its accounts and their history belong to it. Papers that are sealed keep the names they were sealed with.
 */
export function keepCompany(intake: Intake, company: CompanyFact, by: string): Promise<CompanyKept> {
  const { companyId } = intake.scope;
  return intake.db.tx(intake.scope, async (tx) => {
    const named = await tx.run(
      `insert into companies (company_id, name) values ($1, $2)
       on conflict (company_id) do update set name = excluded.name where companies.name <> excluded.name`,
      [companyId, company.name],
    );
    const [added, changed]: [string[], string[]] = [[], []];
    for (const centre of company.centres) {
      const written = await keepCentre(tx, companyId, centre);
      if (written === 'added') added.push(centre.centreId);
      if (written === 'changed') changed.push(centre.centreId);
    }
    if (named > 0 || added.length + changed.length > 0)
      await keepDeskRecord(tx, companyId, {
        action: 'company.kept',
        by,
        body: { name: company.name, centres: company.centres },
      });
    return { isNamed: named > 0, added, changed };
  });
}
