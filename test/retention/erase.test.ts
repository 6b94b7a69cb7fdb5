import { afterAll, beforeAll, expect, test } from 'vitest';
import pg from 'pg';
import { run } from '../../cli/fudian.ts';
import { wholeCompany } from '../../db/database.ts';
import { sealedTables } from '../../db/keys/sealed-tables.ts';
import { emptied, eraseSealed } from '../../db/retention/erase-sealed.ts';
import { verifyAuditChain } from '../../db/reads/audit-chain.ts';
import { retentionScheduleId } from '../../worker/schedules.ts';
import { newAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { begin, pay, restoreByCrew, soon, walkToStop, type Story } from '../support/town/story.ts';
import { quiet } from '../support/town/walk.ts';
import { COMPANY, rowsOf, startTown, type Town } from '../support/town/town.ts';

const NAME = '上官遗忘';
let town: Town;
let story: Story;
let stopId: string;
let owner: pg.Client;

beforeAll(async () => {
  town = await startTown();
  const url = new URL(town.settings.DATABASE_URL);
  [url.username, url.password] = ['fudian_owner', 'owner'];
  owner = new pg.Client({ connectionString: url.href });
  await owner.connect();
  story = await begin(town, 'erase', { customerName: NAME, address: '忘川路九号' });
  ({ stopId } = await walkToStop(story));
  await pay(story);
  await restoreByCrew(story, stopId);
  // Where a machine is slow, the procedures write their last word a little later.
  const [ended] = await soon(
    () =>
      rowsOf<{ n: number }>(
        town,
        `select count(*)::int as n from restorations where restored_at is not null`,
      ),
    ([row]) => row?.n === 1,
  );
  if (ended?.n !== 1) throw new Error('the light did not come back');
  await quiet(town);
}, 240_000);
afterAll(async () => {
  await owner?.end();
  await town?.close();
});

const fudian = async (...args: string[]): Promise<{ code: number; answer: Record<string, unknown> }> => {
  const out: string[] = [];
  const code = await run(['--json', 'retention', ...args], {
    env: { ...process.env, ...(town.settings as unknown as Record<string, string>) },
    out: (text) => out.push(text),
    err: (text) => out.push(text),
  });
  process.exitCode = 0;
  return { code, answer: JSON.parse(out.join('\n')) as Record<string, unknown> };
};

/** Every word that the account has sealed anywhere, opened. */
async function wordsOf(accountId: string): Promise<string> {
  const tables = await town.db.tx(wholeCompany(COMPANY), sealedTables);
  const words: string[] = [];
  for (const { table, columns } of tables)
    for (const column of columns) {
      const rows = await rowsOf<{ sealed: Buffer | null; row: string }>(
        town,
        `select ${column} as sealed, to_jsonb(t)::text as row from ${table} t`,
      );
      for (const { sealed, row } of rows)
        if (sealed !== null && (row.includes(accountId) || table === 'services'))
          words.push(town.vault.open(sealed));
    }
  return words.join('\n');
}

/** Three years and a day go by: the books say so, as they would then. */
async function longAgo(accountId: string): Promise<void> {
  await owner.query('begin');
  for (const table of ['payments', 'decisions'])
    await owner.query(`alter table ${table} disable trigger user`);
  const back = `interval '4 years'`;
  for (const [table, columns] of Object.entries({
    notices: ['occurred_at'],
    messages: ['occurred_at'],
    payments: ['occurred_at'],
    decisions: ['occurred_at'],
    holds: ['occurred_at', 'ended_at'],
    stops: ['occurred_at', 'restored_at'],
    cases: ['opened_at', 'closed_at'],
    bills: ['due_on', 'issued_on'],
  }))
    await owner.query(
      `update ${table} set ${columns.map((column) => `${column} = ${column} - ${back}`).join(', ')} where account_id = $1`,
      [accountId],
    );
  await owner.query(`update accounts set moved_out_on = current_date - ${back} where account_id = $1`, [
    accountId,
  ]);
  await owner.query('update holds set ended_at = occurred_at where account_id = $1 and ended_at is null', [
    accountId,
  ]);
  for (const table of ['payments', 'decisions'])
    await owner.query(`alter table ${table} enable trigger user`);
  await owner.query('commit');
}

test('L9: evidence of a stop is kept, and it is said why', async () => {
  const { code, answer } = await fudian('erase', story.account.accountNo);
  expect(code).toBe(3);
  expect(answer).toMatchObject({ outcome: 'kept', rows: {} });
  expect((answer['reasons'] as { code: string }[]).map((reason) => reason.code)).toEqual(
    expect.arrayContaining(['still-a-customer', 'evidence-still-needed']),
  );
  expect(await wordsOf(story.account.accountId)).toContain(NAME);
});

test('L9, K4.3: after three years the person is forgotten everywhere, and what was done still stands', async () => {
  const { accountId, accountNo } = story.account;
  await longAgo(accountId);
  const tried = await fudian('erase', accountNo, '--dry-run');
  expect(tried.answer['reasons'] ?? []).toEqual([]);
  expect(tried).toMatchObject({ code: 0, answer: { outcome: 'would-be-erased', rows: {} } });
  expect(await wordsOf(accountId)).toContain(NAME);
  const before = await rowsOf<{ n: number }>(town, 'select count(*)::int as n from audit');

  const { code, answer } = await fudian('erase', accountNo, '--by', 'officer-mu');
  expect(code).toBe(0);
  expect(answer).toMatchObject({ outcome: 'erased', rows: { accounts: 1, notices: 3 } });
  const words = await wordsOf(accountId);
  for (const gone of [NAME, '忘川', story.account.phone, story.account.phone.slice(3)])
    expect(words).not.toContain(gone);

  // Nobody finds the person; the chain and the numbers stand.
  const clerk = person(town, 'clerk-chen');
  for (const asked of [NAME, story.account.phone, accountNo])
    expect(await must(clerk.post<{ items: unknown[] }>('/account-searches', { text: asked }))).toMatchObject({
      items: [],
    });
  for (const chainId of [story.caseId, accountId])
    expect(await town.db.tx(wholeCompany(COMPANY), (tx) => verifyAuditChain(tx, chainId))).toMatchObject({
      intact: true,
    });
  const after = await rowsOf<{ n: number }>(town, 'select count(*)::int as n from audit');
  expect(after[0]?.n).toBe((before[0]?.n ?? 0) + 1);
  expect(
    await rowsOf(town, 'select classification, principal_fen from stops where stop_id = $1', [stopId]),
  ).toEqual([{ classification: 'lawful', principal_fen: story.account.principalFen }]);
  // What is left can be read by everything that reads it.
  const seen = await person(town, 'leader-zhao').get(`/cases/${story.caseId}`);
  expect(seen.status).toBe(200);
  expect(await fudian('erase', `erased/${accountId}`)).toMatchObject({
    code: 0,
    answer: { outcome: 'erased-before' },
  });
});

test('L9: every night the sweep finds who is to be forgotten, with bad rows, kept answers and proof files', async () => {
  const left = await newAccount(town, { customerName: '南宫离去' });
  const stays = await newAccount(town, { customerName: '皇甫还在' });
  for (const { accountId } of [left, stays])
    await owner.query('update bills set paid_fen = principal_fen where account_id = $1', [accountId]);
  await longAgo(left.accountId);
  const [proof] = await rowsOf<{ proofs: string[] }>(town, 'select proofs from erasures');
  expect(proof?.proofs.length).toBeGreaterThan(0);
  await owner.query(
    `insert into idempotency_keys (company_id, person_id, key, request_hash, recorded_at) values ('${COMPANY}', 'x', 'old-key-1', 'h', now() - interval '31 days')`,
  );
  await owner.query(
    `insert into imports (import_id, company_id, centre_id, file_sha256, file_name, imported_by, recorded_at) values ('i-old', '${COMPANY}', 'centre-1', 'x', 'x', 'x', now() - interval '91 days')`,
  );
  await owner.query(
    `insert into import_bad_rows (company_id, import_id, row_no, cells_enc) values ('${COMPANY}', 'i-old', 1, $1)`,
    [town.vault.seal('[]')],
  );

  expect(await fudian('sweep', '--dry-run')).toMatchObject({
    code: 0,
    answer: { accounts: 1, badRows: 1, answers: 1, proofs: 0 },
  });
  await town.temporal.schedule.getHandle(retentionScheduleId(COMPANY)).trigger();
  const swept = () =>
    rowsOf<{ body: Record<string, number> }>(town, `select body from audit where action = 'retention.swept'`);
  const [line] = await soon(swept, (rows) => rows.length > 0);
  expect(line?.body).toMatchObject({ accounts: 1, badRows: 1, answers: 1, proofs: proof?.proofs.length });
  await expect(person(town, 'reader-zhang').get(`/proofs/${proof?.proofs[0]}`)).resolves.not.toMatchObject({
    status: 200,
  });
  expect(await wordsOf(left.accountId)).not.toContain('南宫');
  expect(await wordsOf(stays.accountId)).toContain('皇甫还在');
  expect(await fudian('sweep')).toMatchObject({ answer: { accounts: 0, badRows: 0, answers: 0, proofs: 0 } });
});

test('every sealed column leads to its account, whatever table comes', async () => {
  const nobody = await newAccount(town);
  await expect(
    town.db.tx(wholeCompany(COMPANY), async (tx) => {
      expect(await eraseSealed(tx, town.vault, nobody.accountId)).toEqual({ accounts: 1 });
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
});

test('what is emptied keeps its shape', () => {
  expect(emptied('张三')).toBe('');
  expect(emptied('{"zh":"张三","sum":1,"list":["a",{"b":null}]}')).toBe(
    '{"zh":"","sum":1,"list":["",{"b":null}]}',
  );
  expect(emptied('{no json')).toBe('');
});
