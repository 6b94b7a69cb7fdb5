import { ROLES } from '../../api/http/caller.ts';
import { newAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { rowsOf, type Town } from '../support/town/town.ts';
import { launch, photo, walk } from '../support/town/walk.ts';
import type { TownAccount } from '../support/town/account.ts';
import type { Known } from './values.ts';

/** A town in which much has happened, so that a request about anything finds something. */
export interface LivedIn {
  /** An account whose case runs and that no request names: what still works afterwards is tried on it. */
  readonly spared: TownAccount & { readonly caseId: string };
  /** One person of each role, in the first centre or the whole company; `everybody` has all of them. */
  personOf(role: string): string;
  known(): Promise<Known>;
  /** Token of somebody who has the role in the second centre only. */
  outsider(role: string): Promise<string>;
}

const PEOPLE: Readonly<Record<string, string>> = {
  reader: 'reader-zhang',
  centre: 'clerk-chen',
  'team-leader': 'leader-zhao',
  'station-head': 'head-qian',
  'marketing-manager': 'manager-sun',
  'company-head': 'company-head-zhu',
  'company-president': 'president-qin',
  'government-liaison': 'liaison-you',
  crew: 'crew-wu',
  'clerk-95598': 'clerk-xu',
  'credit-officer': 'credit-he',
  auditor: 'auditor-lv',
  operator: 'operator-shi',
  customer: 'customer-one',
};
const EACH = 8;
const camel = (name: string): string =>
  name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Lives three cases: one to an executed stop, one to the approval, one that is left alone. */
export async function liveIn(town: Town): Promise<LivedIn> {
  await town.sim.addPeople([
    { personId: 'customer-one', name: '一客户', roles: ['customer'], centres: ['centre-1'] },
    ...ROLES.map((role) => ({
      ...{ personId: `outside-${role}`, name: '外人', roles: [role], centres: ['centre-2'] },
    })),
    { personId: 'everybody', name: '所有人', roles: [...ROLES], centres: '*' },
  ]);
  async function liveTo(stage: string) {
    const account = await newAccount(town, { agreedChannel: 'sms' });
    await town.sim.phone({ phone: account.phone });
    const caseId = await launch(town, account);
    await walk(town, account, caseId, { before: (turn) => Promise.resolve(turn.stage === stage) });
    return { ...account, caseId };
  }
  const [spared] = await Promise.all(['first-dunning', 'approval', 'permit', 'its end'].map(liveTo));
  if (spared === undefined) throw new Error('nobody is spared');
  const officer = person(town, 'credit-he');
  await officer.post('/credit/runs', { month: new Date().toISOString().slice(0, 7) });
  await person(town, 'operator-shi').post('/reconciliations', { dryRun: true });
  const proof = await photo(town);
  const everything = await sqlOfEverything(town);
  const outsiders = new Map<string, Promise<string>>();

  return {
    spared,
    personOf: (role) => PEOPLE[role] ?? role,
    outsider(role) {
      const token = outsiders.get(role) ?? town.sim.token(`outside-${role}`);
      outsiders.set(role, token);
      return token;
    },
    async known() {
      const found: Record<string, string[]> = {
        proof: [proof],
        sha256: [proof],
        proofSha256: [proof],
        fromPerson: Object.values(PEOPLE),
        toPerson: Object.values(PEOPLE),
        servedBy: Object.values(PEOPLE),
      };
      const rows = await rowsOf<{ column: string; values: string[] }>(town, everything, [
        [spared.accountNo, spared.caseId, spared.billId],
      ]);
      for (const { column, values } of rows)
        found[camel(column)] = [...new Set([...(found[camel(column)] ?? []), ...values])];
      const { items } = await must(
        person(town, 'leader-zhao').get<{ items: { reportId: string }[] }>('/reports?state=waiting&limit=8'),
      );
      return {
        ...found,
        reportId: items.map(({ reportId }) => reportId),
        intoAccountNo: found['accountNo'] ?? [],
        readMeterNo: found['meterNo'] ?? [],
        unsuitedAccountNo: found['accountNo'] ?? [],
      };
    },
  };
}

/** One statement that reads some ids and numbers of every table that has any; $1 are those to leave alone. */
async function sqlOfEverything(town: Town): Promise<string> {
  const columns = await rowsOf<{ table: string; column: string }>(
    town,
    `select table_name as table, column_name as column from information_schema.columns
      where table_schema = 'public' and data_type = 'text'
        and (column_name ~ '_(id|no|key)$' or column_name = 'region')
        and table_name in (select tablename from pg_tables where schemaname = 'public')
        and table_name not in ('account_search', 'idempotency_keys', 'inbox', 'events', 'audit', 'audit_heads', 'outbox')`,
  );
  const each = columns.map(
    ({ table, column }) => `select '${column}' as column, array(
       select distinct ${column} from ${table} where ${column} <> all($1) limit ${EACH}) as values`,
  );
  return each.join(' union all ');
}
