import type { Db, Scope } from '../database.ts';
import { sealAnew, type SealedChange } from './seal-anew.ts';
import { keyIdSql, quoted, sealedTables, type SealedTable } from './sealed-tables.ts';
import type { Vault } from './vault.ts';

/** What a job of keys reports as it goes. */
export type Progress = (at: { table: string; done: number }) => void;

export interface JobOptions {
  /** Rows of one transaction. */
  readonly batchRows?: number;
  readonly onProgress?: Progress;
}

const BATCH_ROWS = 500;
/** Rows that somebody holds are left for another round; after so many rounds somebody holds them for ever. */
const MOST_ROUNDS = 50;

type Row = Record<string, unknown>;
const isOld = ({ columns }: SealedTable): string =>
  columns.map((column) => `(${quoted(column)} is not null and ${keyIdSql(column)} <> $1)`).join(' or ');

function selectSql(table: SealedTable, hasAfter: boolean): string {
  const names = table.key.map(({ name }) => `t.${quoted(name)}`);
  const after = hasAfter
    ? `and (${names.join(', ')}) > (${table.key.map(({ type }, at) => `$${at + 3}::${type}`).join(', ')})`
    : '';
  const keys = names.map((name, at) => `${name}::text as k${at}`);
  return `select ${[...keys, ...table.columns.map(quoted)].join(', ')} from ${quoted(table.table)} t
           where (${isOld(table)}) ${after} order by ${names.join(', ')} limit $2`;
}

const keyOf = ({ key }: SealedTable, row: Row): Record<string, unknown> =>
  Object.fromEntries(key.map(({ name }, at) => [name, row[`k${at}`]]));

/** The columns of a row that lie under an older key, as they are and as they shall be. */
function change(vault: Vault, table: SealedTable, row: Row): SealedChange {
  const held = table.columns.flatMap((column) => {
    const value = row[column];
    return value instanceof Buffer ? [[column, value] as const] : [];
  });
  return {
    key: keyOf(table, row),
    old: Object.fromEntries(held.map(([column, value]) => [column, value.toString('hex')])),
    new: Object.fromEntries(
      held.map(([column, value]) => [column, vault.seal(vault.open(value)).toString('hex')]),
    ),
  };
}

/** One round over a table in the order of its key, a transaction a batch. @returns rows sealed anew */
async function round(
  db: Db,
  scope: Scope,
  vault: Vault,
  table: SealedTable,
  options: JobOptions,
): Promise<number> {
  const limit = options.batchRows ?? BATCH_ROWS;
  let [done, after] = [0, [] as unknown[]];
  for (;;) {
    const { rows, changed } = await db.tx(scope, async (tx) => {
      const keyId = vault.keys.current().data[0]?.id;
      const found = await tx.rows<Row>(selectSql(table, after.length > 0), [keyId, limit, ...after]);
      const changes = found.map((row) => change(vault, table, row));
      return { rows: found, changed: await sealAnew(tx, table.table, changes) };
    });
    const last = rows.at(-1);
    if (last === undefined) return done;
    after = table.key.map((_, at) => last[`k${at}`]);
    done += changed;
    options.onProgress?.({ table: table.table, done });
  }
}

async function isLeft(db: Db, scope: Scope, vault: Vault, table: SealedTable): Promise<boolean> {
  const row = await db.tx(scope, (tx) =>
    tx.row(`select 1 from ${quoted(table.table)} where ${isOld(table)} limit 1`, [
      vault.keys.current().data[0]?.id,
    ]),
  );
  return row !== undefined;
}

/**
 * Seals every column of the company anew under the newest data key, in batches, while everybody works on: readers open old and
 * new, a row is locked only for its own batch. Broken off, it goes on where it is called again: what is new already is passed over.
 * @returns rows sealed anew, by table. @throws Error when a row stays locked, or lies under a key that is gone
 */
export async function resealColumns(
  db: Db,
  scope: Scope,
  vault: Vault,
  options: JobOptions = {},
): Promise<Record<string, number>> {
  const tables = await db.tx(scope, sealedTables);
  const done: Record<string, number> = {};
  for (const table of tables) {
    let rounds = 0;
    do {
      if (rounds === MOST_ROUNDS) throw new Error(`${table.table}: some rows stay locked`);
      if (rounds > 0) await new Promise((resolve) => setTimeout(resolve, 200));
      done[table.table] = (done[table.table] ?? 0) + (await round(db, scope, vault, table, options));
      rounds += 1;
    } while (await isLeft(db, scope, vault, table));
  }
  return done;
}
