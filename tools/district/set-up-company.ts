import { statutoryDays } from '../../db/calendar/statutory-days.ts';
import { storeCalendarYear } from '../../db/calendar/store-calendar-year.ts';
import type { Db, Tx } from '../../db/database.ts';
import { wholeCompany } from '../../db/database.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { seedCalendar } from '../calendar/seed-calendar.ts';

const capacityDays = 120;
// What two crews of a centre manage in a window of six hours, and the same again to bring back.
const stopLimit = 12;
const restoreLimit = 24;

/** The two centres of the example company. */
export const centres = [
  { centreId: 'centre-1', name: '淮阴抄表中心', region: '淮阴区' },
  { centreId: 'centre-2', name: '清江浦抄表中心', region: '清江浦区' },
] as const;

async function setCapacity(tx: Tx, companyId: string, nowMs: number): Promise<void> {
  const today = civilDateAt(nowMs);
  const days = Array.from({ length: capacityDays }, (_, n) => addDays(today, n));
  await tx.run(
    `insert into crew_capacity (company_id, centre_id, day, stop_limit, restore_limit)
     select $1, centre_id, day, $4, $5
       from unnest($2::text[]) as centre_id cross join unnest($3::date[]) as day
     on conflict do nothing`,
    [companyId, centres.map(({ centreId }) => centreId), days, stopLimit, restoreLimit],
  );
}

/** Company, centres, published calendar years and the crews of the next 120 days; what is there already stays. Returns the years. */
export async function setUpCompany(db: Db, companyId: string, nowMs: number): Promise<number[]> {
  return db.tx(wholeCompany(companyId), async (tx) => {
    await tx.run('insert into companies (company_id, name) values ($1, $2) on conflict do nothing', [
      companyId,
      '淮安示范供电公司',
    ]);
    for (const { centreId, name, region } of centres)
      await tx.run(
        'insert into centres (centre_id, company_id, name, region) values ($1, $2, $3, $4) on conflict do nothing',
        [centreId, companyId, name, region],
      );
    await setCapacity(tx, companyId, nowMs);
    return seedCalendar(tx, companyId);
  });
}

/**
 * For a demo or a test that has to tell the same on every day of the year: years that are not published yet count as having
 * their legal holidays only. Never for real cases.
 */
export async function assumeLegalHolidays(db: Db, companyId: string, nowMs: number): Promise<void> {
  const thisYear = Number(civilDateAt(nowMs).slice(0, 4));
  const source = 'assumed for a demo: legal holidays only';
  await db.tx(wholeCompany(companyId), async (tx) => {
    for (const year of [thisYear, thisYear + 1])
      await storeCalendarYear(
        tx,
        companyId,
        { year, source, offDays: statutoryDays(year), workdays: [] },
        false,
      );
  });
}
