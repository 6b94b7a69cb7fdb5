import pg from 'pg';
import { statutoryDays } from '../../../db/calendar/statutory-days.ts';
import { storeCalendarYear } from '../../../db/calendar/store-calendar-year.ts';
import { wholeCompany, type Db } from '../../../db/database.ts';

const COMPANY = 'company-1';
const CAPACITY_DAYS = 240;

/**
 * Company, centres, crews of the next months and a calendar that is complete: so that a test means the same on every day of
 * the year, the legal holidays of this year and the next two count as published, without made-up workdays.
 */
export async function stockTown(tx: Db['tx'], ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(`insert into companies (company_id, name) values ($1, '清江供电公司')`, [COMPANY]);
    await owner.query(
      `insert into centres (centre_id, company_id, name, region)
       values ('centre-1', $1, '城区抄表中心', '淮阴区'), ('centre-2', $1, '城东抄表中心', '清江浦区')`,
      [COMPANY],
    );
    await owner.query(
      `insert into crew_capacity (company_id, centre_id, day, stop_limit, restore_limit)
       select $1, centre, current_date + d, 50, 50
         from generate_series(-2, $2::int) d, unnest(array['centre-1', 'centre-2']) centre`,
      [COMPANY, CAPACITY_DAYS],
    );
  } finally {
    await owner.end();
  }
  const thisYear = new Date().getUTCFullYear();
  await tx(wholeCompany(COMPANY), async (inner) => {
    for (const year of [thisYear, thisYear + 1, thisYear + 2])
      await storeCalendarYear(
        inner,
        COMPANY,
        { year, source: 'test', offDays: statutoryDays(year), workdays: [] },
        true,
      );
  });
}
