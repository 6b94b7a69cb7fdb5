import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../cli/fudian.ts';
import { wholeCompany } from '../../db/database.ts';
import { addKey } from '../../db/keys/key-file.ts';
import { resealColumns } from '../../db/keys/reseal.ts';
import { sealAnew } from '../../db/keys/seal-anew.ts';
import { sealedTables, sealedUnder } from '../../db/keys/sealed-tables.ts';
import { vaultOf } from '../../db/keys/vault.ts';
import { canonical, type EvidenceFile } from '../../db/evidence/format.ts';
import { verifyEvidence } from '../../db/evidence/verify-evidence.ts';
import { newAccount, type TownAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { begin, pay, restoreByCrew, walkTo, walkToStop, type Story } from '../support/town/story.ts';
import { COMPANY, rowsOf, startTown, type Town } from '../support/town/town.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-keys-'));
const keysFile = path.join(folder, 'keys.json');
const secret = (): string => randomBytes(32).toString('base64');
let town: Town;
let story: Story;
let known: TownAccount[];

beforeAll(async () => {
  // As an installation begins: one key of each, the hash key without a name.
  writeFileSync(keysFile, JSON.stringify({ dataKeys: `k1:${secret()}`, hashKey: secret(), other: 'kept' }));
  town = await startTown({ keysFile });
  story = await begin(town, 'keys');
  known = [];
  for (let n = 0; n < 40; n += 1)
    known.push(await newAccount(town, { customerName: `欧阳${String.fromCodePoint(0x6000 + n)}峰` }));
});
afterAll(async () => {
  await town?.close();
  rmSync(folder, { recursive: true, force: true });
});

const fudian = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(args, {
    env: { ...process.env, ...(town.settings as unknown as Record<string, string>) },
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  process.exitCode = 0;
  return { code, out: out.join('\n'), err: err.join('\n') };
};

interface Shown {
  items: { accountNo: string; name: string }[];
}

/** People who search by name and by phone and read what they find, for as long as `work` takes. */
async function whilePeopleRead<T>(work: () => Promise<T>): Promise<{ done: T; reads: number }> {
  let [isDone, reads] = [false, 0];
  const clerk = person(town, 'clerk-chen');
  const read = async (): Promise<void> => {
    for (let n = 0; !isDone; n += 1) {
      const account = known[n % known.length] as TownAccount;
      const byPhone = await must(clerk.post<Shown>('/account-searches', { text: account.phone }));
      expect(byPhone.items.map(({ accountNo }) => accountNo)).toContain(account.accountNo);
      const byName = await must(clerk.post<Shown>('/account-searches', { text: '欧阳', limit: 100 }));
      expect(byName.items).toHaveLength(known.length);
      reads += 1;
    }
  };
  const reading = Promise.all([read(), read()]);
  try {
    return { done: await work(), reads };
  } finally {
    isDone = true;
    await reading;
  }
}

const under = (): Promise<Record<string, Record<string, number>>> =>
  town.db.tx(wholeCompany(COMPANY), async (tx) => {
    const held: Record<string, Record<string, number>> = {};
    for (const table of await sealedTables(tx)) held[table.table] = await sealedUnder(tx, table);
    return held;
  });
const keyIds = async (): Promise<string[]> =>
  [...new Set(Object.values(await under()).flatMap((held) => Object.keys(held)))].sort();

test('K4.3: keys of columns, search and engine change in the middle of a case, and nobody notices', async () => {
  await walkTo(story, 'approval');
  expect(await keyIds()).toEqual(['k1']);
  const idBefore = await rowsOf(town, 'select account_id, file_fingerprint from accounts order by 1');
  const { done, reads } = await whilePeopleRead(() => fudian('--json', 'keys', 'rotate'));
  expect(done.err + done.out).toContain('"k2"');
  expect(done.code).toBe(0);
  expect(reads).toBeGreaterThan(0);
  expect(await keyIds()).toEqual(['k2']);
  expect(await rowsOf(town, 'select account_id, file_fingerprint from accounts order by 1')).toEqual(
    idBefore,
  );
  const file = JSON.parse(readFileSync(keysFile, 'utf8')) as Record<string, string>;
  expect(file['other']).toBe('kept');
  expect(statSync(keysFile).mode & 0o077).toBe(0);

  // Nothing lies under the old ones: they go, and everything is still found and read.
  expect(await fudian('keys', 'drop', 'data', 'k1')).toMatchObject({ code: 0 });
  expect(await fudian('keys', 'drop', 'hash', 'h1')).toMatchObject({ code: 0 });
  await whilePeopleRead(() => new Promise((resolve) => setTimeout(resolve, 1_500)));

  // The case that began under the old keys goes on to its end under the new ones, and its evidence holds.
  const { stopId } = await walkToStop(story);
  await pay(story);
  await restoreByCrew(story, stopId);
  const evidence = await must(
    person(town, 'auditor-lv').get<EvidenceFile>(`/stops/${encodeURIComponent(stopId)}/evidence`),
  );
  expect(verifyEvidence(canonical(evidence))).toEqual([]);
}, 300_000);

test('a key that is still needed is not dropped', async () => {
  const payloads = await fudian('keys', 'drop', 'payload', 'k1');
  expect(payloads).toMatchObject({ code: 3, err: expect.stringMatching(/\d+ values still lie under k1/) });
  addKey(keysFile, 'data');
  town.vault.keys.reread();
  const columns = await fudian('keys', 'drop', 'data', 'k2');
  expect(columns).toMatchObject({ code: 3, err: expect.stringMatching(/\d+ values still lie under k2/) });
  expect(await fudian('keys', 'drop', 'data', 'k3')).toMatchObject({ code: 3 });
});

test('broken off in the middle, it goes on where it was', async () => {
  const options = {
    batchRows: 5,
    onProgress: ({ done }: { done: number }): void => {
      if (done >= 15) throw new Error('the power fails');
    },
  };
  await expect(resealColumns(town.db, wholeCompany(COMPANY), town.vault, options)).rejects.toThrow(
    'the power fails',
  );
  const half = (await under())['accounts'];
  expect(half).toMatchObject({ k2: expect.any(Number), k3: expect.any(Number) });
  const done = await resealColumns(town.db, wholeCompany(COMPANY), town.vault, { batchRows: 7 });
  expect(done['accounts']).toBe(known.length + 1 - 15);
  expect(await keyIds()).toEqual(['k3']);
});

test('a row that somebody holds is waited for, not passed over', async () => {
  addKey(keysFile, 'data');
  town.vault.keys.reread();
  let free = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  const holding = town.db.tx(wholeCompany(COMPANY), async (tx) => {
    await tx.row('select 1 from accounts where account_id = $1 for update', [known[3]?.accountId]);
    await held;
  });
  const job = resealColumns(town.db, wholeCompany(COMPANY), town.vault);
  await new Promise((resolve) => setTimeout(resolve, 500));
  free();
  await Promise.all([holding, job]);
  expect(await keyIds()).toEqual(['k4']);
});

test('nothing but what is sealed can change in the books that never change, and by one way only', async () => {
  const scope = wholeCompany(COMPANY);
  const [service] = await rowsOf<{ service_id: string; old: string }>(
    town,
    `select service_id, encode(detail_enc, 'hex') as old from services limit 1`,
  );
  const key = { service_id: service?.service_id };
  const refused = (sql: string, values: unknown[] = []) => {
    const tried = town.db.tx(scope, async (tx) => {
      await tx.run(`select set_config('fudian.sealing', 'on', true)`);
      await tx.run(sql, values);
    });
    return expect(tried).rejects.toMatchObject({ code: '42501' });
  };
  await refused('update services set detail_enc = detail_enc');
  await refused('delete from services');
  for (const column of ['method', 'counts', 'recorded_by'])
    await refused('select seal_anew($1, $2)', [
      'services',
      JSON.stringify([{ key, old: { detail_enc: service?.old }, new: { [column]: '00' } }]),
    ]);
  const stale = [{ key, old: { detail_enc: '00' }, new: { detail_enc: '00' } }];
  expect(await town.db.tx(scope, (tx) => sealAnew(tx, 'services', stale))).toBe(0);
  const elsewhere = [{ key, old: { detail_enc: service?.old ?? '' }, new: { detail_enc: '00' } }];
  expect(await town.db.tx(wholeCompany('company-2'), (tx) => sealAnew(tx, 'services', elsewhere))).toBe(0);
});

test('every sealed column can be sealed anew, whatever table comes', async () => {
  const tables = await town.db.tx(wholeCompany(COMPANY), sealedTables);
  expect(tables.length).toBeGreaterThan(8);
  for (const { table, key } of tables) {
    const [found] = await rowsOf<{ company: boolean; may: boolean }>(
      town,
      `select has_table_privilege('fudian_app', $1, 'select') as may,
              exists (select from information_schema.columns where table_name = $1 and column_name = 'company_id') as company`,
      [table],
    );
    expect({ table, keyed: (key ?? []).length > 0, ...found }).toEqual({
      ...{ table, keyed: true, may: true, company: true },
    });
  }
});

test('with another key for ids nobody starts', async () => {
  const wrong = path.join(folder, 'wrong.json');
  const file = JSON.parse(readFileSync(keysFile, 'utf8')) as Record<string, string>;
  writeFileSync(wrong, JSON.stringify({ ...file, idKey: secret() }));
  const { markIdKey } = await import('../../db/keys/mark-id-key.ts');
  const scope = wholeCompany(COMPANY);
  await markIdKey(town.db, scope, town.vault);
  const other = vaultOf({ KEYS_FILE: wrong });
  await expect(markIdKey(town.db, scope, other)).rejects.toThrow('ID_KEY');
});
