import { wholeCompany, type Db } from '../../db/database.ts';
import { keepPerson } from '../../db/people/people.ts';
import type { SimClient } from '../../sim/client.ts';

/** Makes the district's staff known by name before they have signed in, as a company's directory would. */
export async function knowPeople(db: Db, companyId: string, district: SimClient): Promise<void> {
  const people = await district.people();
  const staff = people.filter(({ roles, company }) => company === companyId && !roles.includes('customer'));
  await db.tx(wholeCompany(companyId), async (tx) => {
    for (const { centres, ...person } of staff)
      await keepPerson(tx, companyId, { ...person, centreIds: centres });
  });
}
