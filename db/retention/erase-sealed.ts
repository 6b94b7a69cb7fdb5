import type { Tx } from '../database.ts';
import { sealAnew } from '../keys/seal-anew.ts';
import { quoted, sealedTables, type SealedTable } from '../keys/sealed-tables.ts';
import type { Vault } from '../keys/vault.ts';

type Row = Record<string, unknown>;

/** Tables with sealed columns of nobody: a subscriber's secret; rows of a file that belong to no account and go by age. */
const OF_NOBODY = new Set(['webhook_subscriptions', 'import_bad_rows']);

/** Tables that name the account themselves, else one step away through a key of theirs. */
const WAY = `
select (select true from pg_attribute where attrelid = c.oid and attname = 'account_id' and not attisdropped) as direct,
       (select json_build_object('column', a.attname, 'table', f.relname, 'key', k.attname)
          from pg_constraint p join pg_class f on f.oid = p.confrelid
          join pg_attribute a on a.attrelid = c.oid and a.attnum = p.conkey[1]
          join pg_attribute k on k.attrelid = f.oid and k.attnum = p.confkey[1]
         where p.conrelid = c.oid and p.contype = 'f' and array_length(p.conkey, 1) = 1
           and exists (select from pg_attribute x where x.attrelid = f.oid and x.attname = 'account_id')
         limit 1) as via
  from pg_class c where c.oid = format('public.%I', $1::text)::regclass`;

interface Way {
  direct: boolean | null;
  via: { column: string; table: string; key: string } | null;
}

/** SQL that finds the rows of account $1, whatever table comes. @throws Error for a table that leads to no account */
async function rowsOfAccount(tx: Tx, { table }: SealedTable): Promise<string> {
  const way = await tx.row<Way>(WAY, [table]);
  if (way?.direct === true) return 't.account_id = $1';
  if (!way?.via) throw new Error(`${table} has sealed columns and leads to no account`);
  const { column, table: other, key } = way.via;
  return `t.${quoted(column)} in (select ${quoted(key)} from ${quoted(other)} where account_id = $1)`;
}

/** The same shape without a word in it: whoever reads the row finds what it expects, empty. */
export function emptied(text: string): string {
  const blank = (value: unknown): unknown => {
    if (typeof value === 'string') return '';
    if (Array.isArray(value)) return value.map(blank);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, blank(inner)]));
    return value;
  };
  if (!/^\s*[[{]/.test(text)) return '';
  try {
    return JSON.stringify(blank(JSON.parse(text)));
  } catch {
    return '';
  }
}

/**
 * Empties every sealed column of an account, in every table that the database has, also in those that never change otherwise.
 * @returns rows by table. @throws Error when a row is held by somebody
 */
export async function eraseSealed(tx: Tx, vault: Vault, accountId: string): Promise<Record<string, number>> {
  const done: Record<string, number> = {};
  for (const table of await sealedTables(tx)) {
    if (OF_NOBODY.has(table.table)) continue;
    const keys = table.key.map(({ name }, at) => `t.${quoted(name)}::text as k${at}`);
    const rows = await tx.rows<Row>(
      `select ${[...keys, ...table.columns.map((column) => `t.${quoted(column)}`)].join(', ')}
         from ${quoted(table.table)} t where ${await rowsOfAccount(tx, table)}`,
      [accountId],
    );
    const changes = rows.map((row) => {
      const held = table.columns.filter((column) => row[column] instanceof Buffer);
      const each = (of: (sealed: Buffer) => string): Record<string, string> =>
        Object.fromEntries(held.map((column) => [column, of(row[column] as Buffer)]));
      return {
        key: Object.fromEntries(table.key.map(({ name }, at) => [name, row[`k${at}`]])),
        old: each((sealed) => sealed.toString('hex')),
        new: each((sealed) => vault.seal(emptied(vault.open(sealed))).toString('hex')),
      };
    });
    const changed = await sealAnew(
      tx,
      table.table,
      changes.filter((one) => Object.keys(one.new).length > 0),
    );
    if (changed < changes.filter((one) => Object.keys(one.new).length > 0).length)
      throw new Error(`${table.table}: a row of ${accountId} is held by somebody; try again`);
    if (changed > 0) done[table.table] = changed;
  }
  return done;
}
