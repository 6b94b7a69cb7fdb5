import { keepCompany, type CompanyKept } from '../../intake/desk/keep-company.ts';
import { setCalendarYear } from '../../intake/desk/set-calendar-year.ts';
import { setCapacity } from '../../intake/desk/set-capacity.ts';
import { IntakeRefused, type Intake } from '../../intake/deps.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { seedCalendar } from '../../tools/calendar/seed-calendar.ts';
import { readCompanyFile, type CompanyFile } from '../core/company-file.ts';
import type { Register } from '../core/command.ts';
import { outputOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { withInstallation, type Installation } from '../core/installation.ts';
import { show, table } from '../core/print.ts';

interface Options {
  readonly days: string;
  readonly by: string;
}

interface Applied extends CompanyKept {
  /** Days of crews written, and the days left as they are because more is reserved on them. */
  readonly crewDays: number;
  readonly keptDays: readonly { centreId: string; day: string; stops: number; restores: number }[];
  readonly calendarYears: readonly number[];
}

interface CentreShown {
  readonly centreId: string;
  readonly name: string;
  readonly region: string;
  readonly accounts: number;
  /** Last day for which crews are entered; null = none. */
  readonly crewsUntil: string | null;
}

interface CompanyShown {
  readonly name: string | null;
  readonly centres: readonly CentreShown[];
  readonly calendarYears: readonly number[];
}

const intakeOf = ({ db, vault, scope }: Installation): Intake => ({ db, vault, scope });

async function enterCrews(
  here: Installation,
  { centres }: CompanyFile,
  { days, by }: { days: number; by: string },
): Promise<Pick<Applied, 'crewDays' | 'keptDays'>> {
  const today = civilDateAt(Date.now());
  const keptDays: Applied['keptDays'][number][] = [];
  let crewDays = 0;
  for (const { centreId, crews } of centres) {
    if (crews === undefined) continue;
    const { stopsPerDay: stopLimit, restorationsPerDay: restoreLimit } = crews;
    for (let n = 0; n < days; n++) {
      const day = addDays(today, n);
      try {
        if (await setCapacity(intakeOf(here), { centreId, day, stopLimit, restoreLimit, by })) crewDays++;
      } catch (error) {
        if (!(error instanceof IntakeRefused) || error.code !== 'capacity-reserved') throw error;
        const { stops, restores } = error.params;
        keptDays.push({ centreId, day, stops: Number(stops), restores: Number(restores) });
      }
    }
  }
  return { crewDays, keptDays };
}

async function enterCalendar(here: Installation, { calendar }: CompanyFile, by: string): Promise<number[]> {
  const published = await here.db.tx(here.scope, (tx) => seedCalendar(tx, here.companyId));
  for (const year of calendar)
    try {
      await setCalendarYear(intakeOf(here), { ...year, by });
    } catch (error) {
      if (!(error instanceof IntakeRefused)) throw error;
      const said = Object.entries(error.params).map(([name, value]) => `${name} ${value}`);
      throw new CliError(`calendar ${year.year}: ${error.code} (${said.join(', ')})`, EXIT.refused);
    }
  return [...new Set([...published, ...calendar.map(({ year }) => year)])].toSorted((a, b) => a - b);
}

async function apply(
  here: Installation,
  file: CompanyFile,
  options: { days: number; by: string },
): Promise<Applied> {
  const kept = await keepCompany(intakeOf(here), file, options.by);
  const calendarYears = await enterCalendar(here, file, options.by);
  return { ...kept, ...(await enterCrews(here, file, options)), calendarYears };
}

function appliedText(done: Applied): string {
  const names = (ids: readonly string[]): string => (ids.length === 0 ? 'none' : ids.join(', '));
  return [
    `company: ${done.isNamed ? 'written' : 'as before'}; centres new: ${names(done.added)}, changed: ${names(done.changed)}`,
    `calendar: ${done.calendarYears.join(', ')}`,
    `crews: ${done.crewDays} days entered`,
    ...done.keptDays.map(
      ({ centreId, day, stops, restores }) =>
        `  ${centreId} ${day} stays: ${stops} stops and ${restores} restorations are reserved on it`,
    ),
    'Next: fudian import <arrears.csv>, then fudian launch; fudian doctor says what is still missing.',
  ].join('\n');
}

const read = ({ db, scope }: Installation): Promise<CompanyShown> =>
  db.tx(scope, async (tx) => ({
    name: (await tx.row<{ name: string }>('select name from companies'))?.name ?? null,
    centres: await tx.rows<CentreShown>(
      `select centre_id as "centreId", name, region,
              (select count(*) from accounts a where a.centre_id = c.centre_id)::int as accounts,
              (select max(day)::text from crew_capacity k where k.centre_id = c.centre_id) as "crewsUntil"
         from centres c order by centre_id`,
    ),
    calendarYears: (await tx.rows<{ year: number }>('select year from calendar_years order by year')).map(
      ({ year }) => year,
    ),
  }));

const shownText = ({ name, centres, calendarYears }: CompanyShown): string =>
  name === null
    ? 'No company yet: fudian company apply examples/company.json shows the way.'
    : [
        `${name}; calendar ${calendarYears.join(', ') || 'not loaded'}`,
        table(
          ['centre', 'name', 'region', 'accounts', 'crews until'],
          centres.map((one) => [one.centreId, one.name, one.region, one.accounts, one.crewsUntil ?? 'none']),
        ),
      ].join('\n');

/** `fudian company`: the company that an installation serves, its centres, crews and calendar, from one file. */
export const registerCompany: Register = (program, world) => {
  const company = program.command('company').description('the company, its centres, crews and calendar');
  company
    .command('apply')
    .description(
      'write down what a file says; the same file again changes nothing, but enters crews further on',
    )
    .argument('<file>', 'JSON as examples/company.json')
    .option('--days <n>', 'days from today for which crews are entered', '120')
    .option('--by <person>', 'who orders it', 'operator')
    .action(async (path: string, options: Options, command) => {
      const days = Number(options.days);
      if (!Number.isSafeInteger(days) || days < 1 || days > 800)
        throw new CliError(`--days ${options.days}: a number from 1 to 800.`, EXIT.usage);
      const file = readCompanyFile(path);
      const done = await withInstallation(world, (here) => apply(here, file, { days, by: options.by }));
      show(outputOf(command, world), done, appliedText);
    });
  company
    .command('show')
    .description('what is written down')
    .action(async (_options, command) => {
      show(outputOf(command, world), await withInstallation(world, read), shownText);
    });
};
