import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Vault } from '../../db/keys/vault.ts';
import { defaultPolicy } from '../../rules/parameters/default-policy.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';

/** A word that stands in every address of the company. */
export const EVERYWHERE = '淮安市';

/** Fills an empty company. Names, phones and addresses are one sealed value each: opening it costs the same. */
export async function seed(
  superuserUrl: string,
  vault: Vault,
  company: { companyId: string; accounts: number },
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
  const sql = readFileSync(new URL('./seed.sql', import.meta.url), 'utf8').replaceAll(
    /(?<!:):([a-z]+)/g,
    (whole, name: string) => values[name] ?? whole,
  );
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    // One at a time: vacuum does not run inside the transaction that several make.
    for (const statement of sql.replaceAll(/^--.*$/gm, '').split(/;\n/))
      if (statement.trim() !== '') await client.query(statement);
  } finally {
    await client.end();
  }
}
