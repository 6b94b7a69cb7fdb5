import { json, type Tx } from '../database.ts';

/** Other sealed bytes for one row, found by its primary key; hex. */
export interface SealedChange {
  readonly key: Readonly<Record<string, unknown>>;
  /** What was read: a row that has changed since stays as it is. */
  readonly old: Readonly<Record<string, string | null>>;
  readonly new: Readonly<Record<string, string | null>>;
}

/** Changes nothing but sealed columns, also in tables that never change otherwise (0014_keys.sql). @returns rows changed */
export async function sealAnew(tx: Tx, table: string, changes: readonly SealedChange[]): Promise<number> {
  if (changes.length === 0) return 0;
  const row = await tx.row<{ n: number }>('select seal_anew($1, $2) as n', [table, json(changes)]);
  return row?.n ?? 0;
}
