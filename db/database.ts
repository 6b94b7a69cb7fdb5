import { createHash } from 'node:crypto';
import pg from 'pg';

/** Whose rows a transaction may see; row-level security reads it. */
export interface Scope {
  readonly companyId: string;
  /** `'*'` = every centre of the company. */
  readonly centreIds: readonly string[] | '*';
}

/** One open transaction: SQL in, typed rows out. Money arrives as whole-fen numbers, instants as ISO strings, civil dates as text. */
export interface Tx {
  rows<R>(sql: string, values?: readonly unknown[]): Promise<R[]>;
  /** The only row, or undefined. @throws Error when there are several */
  row<R>(sql: string, values?: readonly unknown[]): Promise<R | undefined>;
  /** Number of rows touched. */
  run(sql: string, values?: readonly unknown[]): Promise<number>;
  readonly client: pg.PoolClient;
}

export interface Db {
  /** Runs `work` in one transaction under the scope; commits when it resolves, rolls back when it throws. */
  tx<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * The same, but each statement is planned once for a connection and not at every use: for steps that look by key, thousands of
   * times. Not for lists and batches, whose best plan hangs on what is asked.
   */
  readonly prepared: Db;
  /** A client of its own for LISTEN; the caller ends it. */
  listener(): Promise<pg.Client>;
  close(): Promise<void>;
}

const safeInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer from the database is too large: ${text}`);
  return value;
};
const isoInstant = (text: string): string => new Date(text).toISOString();

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, safeInteger],
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.TIMESTAMPTZ, isoInstant],
  [pg.types.builtins.DATE, (text) => text],
  [1182, (text) => (text === '{}' ? [] : text.slice(1, -1).split(','))],
]);
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format),
};

const names = new Map<string, string>();
function nameOf(sql: string): string {
  const name = names.get(sql) ?? createHash('sha256').update(sql).digest('base64url').slice(0, 32);
  names.set(sql, name);
  return name;
}

/** A plan that a migration has overtaken: its connection would fail for ever, a new one will not. */
const isPlanOutdated = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '0A000' && error.message.includes('cached plan');

function txOf(client: pg.PoolClient, isPrepared: boolean): Tx {
  const query = (sql: string, values?: readonly unknown[]) =>
    values === undefined
      ? client.query(sql)
      : client.query({ text: sql, values: [...values], ...(isPrepared && { name: nameOf(sql) }) });
  return {
    client,
    rows: async <R>(sql: string, values?: readonly unknown[]) => (await query(sql, values)).rows as R[],
    row: async <R>(sql: string, values?: readonly unknown[]) => {
      const { rows } = await query(sql, values);
      if (rows.length > 1) throw new Error(`expected one row, got ${rows.length}`);
      return rows[0] as R | undefined;
    },
    run: async (sql, values) => (await query(sql, values)).rowCount ?? 0,
  };
}

/** Begins a transaction under a scope in one round trip. */
function begin({ companyId, centreIds }: Scope): string {
  const [company, centres] = [companyId, centreIds === '*' ? '*' : centreIds.join(',')].map(pg.escapeLiteral);
  return `begin; select set_config('fudian.company', ${company}, true), set_config('fudian.centres', ${centres}, true)`;
}

/** Opens a pool on the application role. */
export function openDatabase(url: string, options: { maxConnections?: number; name?: string } = {}): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    application_name: options.name ?? 'fudian',
    // JSON values stay JSON: jsonb parameters are passed as text by the caller.
    types: types as pg.CustomTypesConfig,
  });
  // An idle connection that dies is replaced at the next use; the failed query reports itself.
  pool.on('error', () => undefined);
  async function listener(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: url,
      application_name: `${options.name ?? 'fudian'} listener`,
    });
    await client.connect();
    return client;
  }
  const inTransaction =
    (isPrepared: boolean): Db['tx'] =>
    async (scope, work) => {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query(begin(scope));
        const result = await work(txOf(client, isPrepared));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((fault: unknown) => {
          broken = fault instanceof Error ? fault : new Error(String(fault));
        });
        if (isPlanOutdated(error)) broken = error as Error;
        throw error;
      } finally {
        client.release(broken);
      }
    };
  const common = { listener, close: () => pool.end() };
  const prepared: Db = {
    ...{ ...common, tx: inTransaction(true) },
    get prepared() {
      return prepared;
    },
  };
  return { ...common, tx: inTransaction(false), prepared };
}

/** Worker's scope: the whole company. */
export const wholeCompany = (companyId: string): Scope => ({ companyId, centreIds: '*' });

/** Passes a value as jsonb. */
export const json = (value: unknown): string => JSON.stringify(value);
