import { readFile } from 'node:fs/promises';
import pg from 'pg';

/** Runs SQL; bigint comes back as a safe integer, `date` as YYYY-MM-DD, `timestamptz` as an ISO instant. */
export interface Statements {
  rows<Row extends pg.QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** The district's own database; nobody else reads or writes it. */
export interface Books extends Statements {
  transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result>;
  /** Empties every table except `setting`. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

const tableFiles = [
  './tables.sql',
  '../billing/tables.sql',
  '../carrier/tables.sql',
  '../mail/tables.sql',
  '../wechat/tables.sql',
  '../field-work/tables.sql',
  '../meters/tables.sql',
  '../government/tables.sql',
  '../credit-platform/tables.sql',
  '../identity/tables.sql',
  '../district/tables.sql',
];

const schemaLock = 7_301_226;

/** Opens the books at a PostgreSQL URL and lays their tables in schema `sim`, once or again. @throws what `pg` throws */
export async function openBooks(databaseUrl: string, report: (error: unknown) => void): Promise<Books> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    options: '-c search_path=sim -c client_min_messages=warning',
    types: { getTypeParser },
  });
  pool.on('error', report);
  try {
    await layTables(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    ...statementsOf(pool),
    transaction: (work) => inTransaction(pool, work),
    empty: () => emptyTables(pool),
    close: () => pool.end(),
  };
}

function statementsOf(runner: pg.Pool | pg.PoolClient): Statements {
  return {
    rows: async <Row extends pg.QueryResultRow>(sql: string, params: readonly unknown[] = []) =>
      (await runner.query<Row>(sql, [...params])).rows,
  };
}

async function inTransaction<Result>(
  pool: pg.Pool,
  work: (tx: Statements) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(statementsOf(client));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function layTables(pool: pg.Pool): Promise<void> {
  const sql = await Promise.all(tableFiles.map((file) => readFile(new URL(file, import.meta.url), 'utf8')));
  await inTransaction(pool, async (tx) => {
    // Two processes that start together would both try to create the same schema.
    await tx.rows('select pg_advisory_xact_lock($1)', [schemaLock]);
    await tx.rows('create schema if not exists sim');
    for (const statements of sql) await tx.rows(statements);
  });
}

async function emptyTables(pool: pg.Pool): Promise<void> {
  const found = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'sim' and tablename <> 'setting'`,
  );
  await pool.query(`truncate ${found.rows.map((row) => row.name).join(', ')} restart identity`);
}

type Parser = (text: string) => unknown;

function getTypeParser(oid: number, format?: 'text' | 'binary'): Parser {
  if (oid === pg.types.builtins.INT8) return safeInteger;
  if (oid === pg.types.builtins.DATE) return (text) => text;
  const standard: Parser = pg.types.getTypeParser(oid, format ?? 'text');
  if (oid !== pg.types.builtins.TIMESTAMPTZ) return standard;
  return (text) => {
    const instant = standard(text);
    return instant instanceof Date ? instant.toISOString() : instant;
  };
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is not a safe integer`);
  return value;
}
