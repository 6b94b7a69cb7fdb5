import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { Calendar } from '../../rules/calendar/working-day.ts';
import type { Tx } from '../database.ts';
import { FIRST_STATUTORY_YEAR, statutoryDays } from './statutory-days.ts';

/** Cases plan months ahead, and a demo's clock runs ahead of the database's. */
const YEARS_AHEAD = 3;

const computed = new Map<number, CivilDate[]>();

function statutoryOf(year: number): CivilDate[] {
  const days = computed.get(year) ?? statutoryDays(year);
  computed.set(year, days);
  return days;
}

/** Working days as the company knows them: its published years, and the computed legal holidays of all years around. */
export async function readCalendar(tx: Tx, companyId: string): Promise<Calendar> {
  const rows = await tx.rows<{
    year: number;
    source: string;
    off_days: CivilDate[];
    workdays: CivilDate[];
  }>(`select year, source, off_days, workdays from calendar_years where company_id = $1 order by year`, [
    companyId,
  ]);
  const now = await tx.row<{ year: number }>(
    `select extract(year from now() at time zone 'Asia/Shanghai')::integer as year`,
  );
  const thisYear = now?.year ?? FIRST_STATUTORY_YEAR;
  const last = Math.max(thisYear, ...rows.map((row) => row.year)) + YEARS_AHEAD;
  const first = Math.max(FIRST_STATUTORY_YEAR, Math.min(thisYear - 1, ...rows.map((row) => row.year)));
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return {
    years: Object.fromEntries(
      rows.map((row) => [
        String(row.year),
        { source: row.source, offDays: row.off_days, workdays: row.workdays },
      ]),
    ),
    statutory: years.flatMap(statutoryOf),
  };
}
