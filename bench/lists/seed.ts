import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Vault } from '../../db/keys/vault.ts';
import { defaultPolicy } from '../../rules/parameters/default-policy.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';

/** A word that stands in every address of the company. */
export const EVERYWHERE = '淮安市';

/** Of the session that fills: triggers off, for what is measured is reading. */
const SETTINGS = [
  'session_replication_role = replica',
  'synchronous_commit = off',
  `work_mem = '256MB'`,
  `maintenance_work_mem = '512MB'`,
];

/** Fills an empty company. Names, phones and addresses are one sealed value each: opening it costs the same. */
export async function seed(
  superuserUrl: string,
  vault: Vault,
  company: { companyId: string; accounts: number },
  files: readonly string[] = ['./seed.sql', './seed-credit.sql'],
): Promise<void> {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const sealed = (text: string): string => `'\\x${vault.seal(text).toString('hex')}'::bytea`;
  const values: Record<string, string> = {
    company: quoted(company.companyId),
    accounts: String(company.accounts),
    name: sealed('王伟芳'),
    phone: sealed('13900000000'),
    address: sealed('淮安市长江路七号三幢二室'),
    text: `'\\x${vault.sealJson({ subject: '催费', zh: '正文'.repeat(150), 账户: 'x' }).toString('hex')}'::bytea`,
    everywhere: vault
      .hashBigrams(EVERYWHERE)
      .map((hash) => `${hash.readBigInt64BE()}::bigint`)
      .join(', '),
    policy: `${quoted(JSON.stringify(defaultPolicy(civilDateAt(Date.now()))))}::jsonb`,
  };
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (const setting of SETTINGS) await client.query(`set ${setting}`);
    for (const file of files)
      await client.query(
        readFileSync(new URL(file, import.meta.url), 'utf8').replaceAll(
          /(?<!:):([a-z]+)/g,
          (whole, name: string) => values[name] ?? whole,
        ),
      );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
