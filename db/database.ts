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

function txOf(client: pg.PoolClient): Tx {
  const query = (sql: string, values?: readonly unknown[]) =>
    client.query(sql, values === undefined ? undefined : [...values]);
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
  return {
    async tx(scope, work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query(begin(scope));
        const result = await work(txOf(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((fault: unknown) => {
          broken = fault instanceof Error ? fault : new Error(String(fault));
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async listener() {
      const client = new pg.Client({
        connectionString: url,
        application_name: `${options.name ?? 'fudian'} listener`,
      });
      await client.connect();
      return client;
    },
    close: () => pool.end(),
  };
}

/** Worker's scope: the whole company. */
export const wholeCompany = (companyId: string): Scope => ({ companyId, centreIds: '*' });

/** Passes a value as jsonb. */
export const json = (value: unknown): string => JSON.stringify(value);
