import { rowsOf } from '../support/town/town.ts';
import { fc } from '../support/property.ts';
import { ask, seedFor } from './fuzz.ts';
import type { FuzzTown } from './fuzz-town.ts';
import { requestsOf } from './requests.ts';
import type { Known } from './values.ts';

const EACH = 6;
const EXAMPLES = 2;
/** What somebody may be told of a thing that is not theirs: that it is not there, or that the request was wrong anyway. */
const CLOSED = new Set([400, 403, 404, 415, 422]);

const camel = (name: string): string =>
  name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Names of ids of things that belong to the whole company: a run of grades, a comparison. Their rows are kept apart, they are not. */
const OF_THE_COMPANY = `
select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
 where i.indisprimary and i.indnkeyatts = 1 and not exists (
   select from pg_attribute c where c.attrelid = i.indrelid and c.attname = 'centre_id')`;

/** Ids of what belongs to the first centre, by the name of the parameter. */
async function ofFirstCentre({ town, target }: FuzzTown): Promise<Known> {
  const tables = await rowsOf<{ table: string; column: string }>(
    town,
    `select t.table_name as table, t.column_name as column
       from information_schema.columns t join information_schema.columns c using (table_schema, table_name)
      where t.table_schema = 'public' and c.column_name = 'centre_id' and t.data_type = 'text'
        and t.column_name ~ '_(id|no|key)$' and t.column_name not in ('company_id', 'centre_id', 'person_id')
        and t.column_name not in (${OF_THE_COMPANY})
        and t.table_name in (select tablename from pg_tables where schemaname = 'public')`,
  );
  const found: Record<string, string[]> = {};
  for (const { table, column } of tables) {
    const rows = await rowsOf<{ id: string }>(
      town,
      `select distinct ${column} as id from ${table} where centre_id = 'centre-1' and ${column} is not null limit ${EACH}`,
    );
    found[camel(column)] = [...new Set([...(found[camel(column)] ?? []), ...rows.map(({ id }) => id)])];
  }
  const { reportId = [] } = await target.known();
  return { ...found, reportId };
}

/** Asks for everything of the first centre as each role of the second; returns what opened, and how often was asked. */
export async function openedFromOutside(
  place: FuzzTown,
): Promise<{ asked: number; opened: string[]; params: string[] }> {
  const known = await ofFirstCentre(place);
  const opened: string[] = [];
  const params = new Set<string>();
  let asked = 0;
  for (const operation of place.operations) {
    const named = operation.parameters.filter(({ in: at }) => at === 'path').map(({ name }) => name);
    const isTheirs = named.length > 0 && named.every((name) => (known[name] ?? []).length > 0);
    if (!isTheirs) continue;
    for (const name of named) params.add(name);
    // Only what the path names is theirs: other fields of a body are anything that fits.
    const theirs = Object.fromEntries(named.map((name) => [name, known[name] ?? []]));
    const askAs = async (role: string): Promise<void> => {
      const token = await place.lived.outsider(role);
      const wires = fc.sample(requestsOf(place.target.document, operation, 'fitting', theirs), {
        numRuns: EXAMPLES,
        seed: seedFor(`${operation.operationId} ${role} outside`),
      });
      for (const wire of wires) {
        const answer = await ask(place.target, wire, token);
        asked += 1;
        if (!CLOSED.has(answer.status))
          opened.push(`${role}: ${wire.method} ${wire.address} answered ${answer.status}`);
      }
    };
    await Promise.all(operation.roles.map(askAs));
  }
  return { asked, opened, params: [...params].toSorted() };
}
