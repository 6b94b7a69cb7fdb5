import type { Tx } from '../database.ts';

/** A table with sealed columns, as the database itself describes it: a new one needs no entry anywhere. */
export interface SealedTable {
  readonly table: string;
  /** Columns that end in `_enc`. */
  readonly columns: readonly string[];
  /** Primary key, in its order, with the types. */
  readonly key: readonly { readonly name: string; readonly type: string }[];
}

const TABLES = `
select c.relname as "table",
       array_agg(a.attname::text order by a.attnum) as columns,
       (select json_agg(json_build_object('name', k.attname, 'type', format_type(k.atttypid, k.atttypmod))
                        order by array_position(i.indkey::int2[], k.attnum))
          from pg_index i join pg_attribute k on k.attrelid = c.oid and k.attnum = any (i.indkey::int2[])
         where i.indrelid = c.oid and i.indisprimary) as key
  from pg_class c join pg_attribute a on a.attrelid = c.oid
 where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped
   and a.attname like '%\\_enc' and a.atttypid = 'bytea'::regtype
 group by c.oid, c.relname order by c.relname`;

/** Every table with a sealed column. */
export const sealedTables = (tx: Tx): Promise<SealedTable[]> => tx.rows<SealedTable>(TABLES);

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** SQL of the id of the key that a sealed column lies under; `sealed.ts` says where it stands. */
export const keyIdSql = (column: string): string =>
  `convert_from(substring(${quoted(column)} from 3 for get_byte(${quoted(column)}, 1)), 'UTF8')`;

/** How many values of a table lie under which key. */
export async function sealedUnder(tx: Tx, { table, columns }: SealedTable): Promise<Record<string, number>> {
  const each = columns.map(
    (column) => `select ${keyIdSql(column)} as id from ${quoted(table)} where ${quoted(column)} is not null`,
  );
  const rows = await tx.rows<{ id: string; n: number }>(
    `select id, count(*)::int as n from (${each.join(' union all ')}) held group by id order by id`,
  );
  return Object.fromEntries(rows.map(({ id, n }) => [id, n]));
}
