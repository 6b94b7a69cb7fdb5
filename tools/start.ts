import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDatabase, wholeCompany, type Db } from '../db/database.ts';
import { vaultOf } from '../db/keys/vault.ts';
import { simClient } from '../sim/client.ts';
import { launchScreened } from './district/launch.ts';
import { loadExample, loadFile } from './district/load.ts';
import type { Loading } from './district/load.ts';
import { knowPeople } from './district/know-people.ts';
import { setUpCompany } from './district/set-up-company.ts';
import { messageOf, timedReport } from './report.ts';
import type { Report } from './report.ts';
import { readJson, writeJson } from './stack/state.ts';
import { startStack } from './stack/start-stack.ts';
import type { Stack } from './stack/start-stack.ts';

const NO_COMPANY =
  'No company is written down yet: npm run fudian -- company apply examples/company.json (a copy with your names)';

const centreIds = (db: Db, companyId: string): Promise<string[]> =>
  db.tx(wholeCompany(companyId), async (tx) =>
    (await tx.rows<{ id: string }>('select centre_id as id from centres order by 1')).map(({ id }) => id),
  );

/** The centre of a file's rows in a real company. @throws Error saying how to name one, where that is not clear */
function onlyCentre(ids: readonly string[]): string {
  const [first, second] = ids;
  if (first === undefined) throw new Error(`${NO_COMPANY}; then the same again`);
  if (second !== undefined)
    throw new Error(
      `There are the centres ${ids.join(', ')}: start without a file, then npm run fudian -- import <file> --centre <one of them>`,
    );
  return first;
}

/** Loads what the stack has not got yet: the example district at its first start, or the person's own file each time. */
async function fill(stack: Stack, file: string | undefined, report: Report): Promise<void> {
  const { env, urls, dataDir } = stack;
  const companyId = env['COMPANY_ID'] ?? '';
  const district = urls.sim === null ? undefined : simClient(urls.sim);
  const db = openDatabase(env['DATABASE_URL'] ?? '', { maxConnections: 4, name: 'fudian-start' });
  try {
    const vault = vaultOf(env);
    const loading: Loading = { db, vault, companyId, report, dataDir };
    const marker = path.join(dataDir, 'loaded.json');
    const isFilled = readJson(marker) !== undefined;
    if (district !== undefined) {
      const years = await setUpCompany(db, companyId, Date.now());
      await knowPeople(db, companyId, district);
      if (!isFilled) report(`Company set up; published calendar: ${years.join(', ')}`);
    }
    const ids = await centreIds(db, companyId);
    if (file !== undefined)
      await loadFile(
        district === undefined ? { ...loading, centreId: onlyCentre(ids) } : loading,
        file,
        district,
      );
    else if (ids.length === 0) report(NO_COMPANY);
    else if (district !== undefined && !isFilled)
      await loadExample(loading, district, env['BILLING_TOKEN'] ?? '', Date.now());
    else report('Everything is as the last run left it');
    writeJson(marker, { file: file ?? null });
    if (district !== undefined && (file !== undefined || !isFilled))
      await launchScreened(loading, urls.api, district);
  } finally {
    await db.close();
  }
}

/** One ready account a role; the sign-in page lists everybody. */
const accounts = (sim: string | null): string =>
  sim === null
    ? ''
    : `Sign in on the console as (no password; the sign-in page lists everybody):

  reader-zhang reader · clerk-chen centre · leader-zhao team leader · head-qian station head · manager-sun marketing manager
  company-head-zhu manager in charge · president-qin company head · liaison-you government liaison · crew-wu crew
  clerk-xu 95598 · credit-he credit · auditor-lv auditor · operator-shi operator

`;

/** Two accounts to try things out on: of the newest cases, whatever file they came from. */
async function examples({ env }: Stack): Promise<[string, string]> {
  const db = openDatabase(env['DATABASE_URL'] ?? '', { maxConnections: 1, name: 'fudian-start' });
  try {
    const rows = await db.tx(wholeCompany(env['COMPANY_ID'] ?? ''), (tx) =>
      tx.rows<{ no: string }>(
        `select a.account_no as no from accounts a left join cases c using (account_id)
          order by (c.status = 'open') desc nulls last, a.account_no like '320899%' desc, c.opened_at desc, a.account_no limit 2`,
      ),
    );
    const [first = '<account>', second = first] = rows.map(({ no }) => no);
    return [first, second];
  } finally {
    await db.close();
  }
}

/** What to try next; what only a simulated district can do is left out where there is none. */
function tries([one, other]: [string, string], isSimulated: boolean): string {
  const lines: readonly (readonly [string, string])[] = [
    ['case list', 'where every case stands'],
    [`why ${one}`, 'why an account is, or is not, in collection'],
    ...(isSimulated ? [[`case fast-forward ${other} --next`, 'to the next stage of a case'] as const] : []),
    [`case show ${other}`, 'what happened, and why'],
    ...(isSimulated ? [[`pay ${other}`, 'the customer pays; look again'] as const] : []),
    ['demo', 'one street through sixty days'],
    ['doctor', 'what is missing, and what to do'],
    ['--help', 'everything else'],
  ];
  return lines.map(([command, what]) => `  npm run fudian -- ${command.padEnd(38)} ${what}`).join('\n');
}

function farewell({ env, urls, dataDir }: Stack, accountNos: [string, string]): string {
  const token =
    urls.sim === null
      ? ''
      : `
A token for the API, as the reader of centre-1 (the others: ${urls.sim}/control/people):

  curl -s ${env['OIDC_ISSUER']}/token -d grant_type=client_credentials \\
    -d client_id=reader-zhang -d client_secret=reader-zhang-secret
`;
  return `
Fudian is up. Ctrl-C stops it; the next start goes on from here.

  Console    ${urls.api}/console/    phones: ${urls.api}/m/
  API        ${urls.api}    (OpenAPI 3.1: ${urls.api}/openapi.json)
  District   ${urls.sim ?? 'the real systems of your settings'}
  Data       ${dataDir}

${accounts(urls.sim)}In another terminal:

${tries(accountNos, urls.sim !== null)}
${token}`;
}

const untilSignal = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
  });

/** Brings everything up, fills it, and stays until it is told to end. @returns the exit code */
export async function start(file: string | undefined, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const report = timedReport();
  if (file !== undefined && !existsSync(file)) {
    process.stderr.write(`There is no file ${file}\n`);
    return 2;
  }
  const ended = untilSignal();
  const starting = startStack({ dataDir: env['FUDIAN_DATA'] ?? '.fudian', report, env });
  // A signal while the parts are still starting waits for them: what was started has to be stopped.
  const stack = await starting;
  try {
    await fill(stack, file, report);
    process.stdout.write(`${farewell(stack, await examples(stack))}\n`);
    const end = await Promise.race([ended, stack.broken]);
    report(`Stopping (${end})`);
    return end.startsWith('SIG') ? 0 : 1;
  } finally {
    await stack.close();
    report('Stopped');
  }
}

const isMain =
  process.argv[1] !== undefined && import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href;
if (isMain) {
  try {
    const given = process.argv[2];
    // npm runs us in the checkout; the person may stand elsewhere.
    const file = given === undefined ? undefined : path.resolve(process.env['INIT_CWD'] ?? '.', given);
    process.exitCode = await start(file);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
