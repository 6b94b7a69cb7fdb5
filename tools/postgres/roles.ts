import pg from 'pg';

/** The role the application logs in as: no superuser, cannot bypass row-level security, owns nothing. */
export const appRole = 'fudian_app';
/** The role that owns the schema; only migrations use it. */
export const ownerRole = 'fudian_owner';

/** Passwords of the two roles. */
export interface RolePasswords {
  readonly app: string;
  readonly owner: string;
}

/** Two ways into one database. */
export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

/** Runs `work` on one connection and always closes it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'fudian tools' });
  // A server that goes down while we are connected is reported by the query that fails.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server, another database, another login. */
export function urlFor(superuserUrl: string, database: string, role: string, secret: string): string {
  const url = new URL(superuserUrl);
  url.username = role;
  url.password = secret;
  url.pathname = `/${database}`;
  return url.href;
}

/** Creates or corrects both roles of the cluster; harmless to repeat. */
export async function ensureRoles(superuserUrl: string, passwords: RolePasswords): Promise<void> {
  const ensure = async (client: pg.Client, role: string, secret: string): Promise<void> => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    const verb = rowCount === 0 ? 'create' : 'alter';
    await client.query(
      `${verb} role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole password ${client.escapeLiteral(secret)}`,
    );
  };
  await withClient(superuserUrl, async (client) => {
    await ensure(client, appRole, passwords.app);
    await ensure(client, ownerRole, passwords.owner);
  });
}

/** Creates the database, owned by the owner role, unless it is there. @returns the two ways into it */
export async function ensureDatabase(
  superuserUrl: string,
  database: string,
  passwords: RolePasswords,
): Promise<DatabaseUrls> {
  await withClient(superuserUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(database)} owner ${ownerRole}`);
  });
  return {
    ownerUrl: urlFor(superuserUrl, database, ownerRole, passwords.owner),
    appUrl: urlFor(superuserUrl, database, appRole, passwords.app),
  };
}
