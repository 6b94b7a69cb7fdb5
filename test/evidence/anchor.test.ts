import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../cli/fudian.ts';
import { leafText, parseAnchor, type Anchor } from '../../db/audit/anchor-format.ts';
import { MerkleRoot } from '../../db/audit/merkle.ts';
import { appendAudit } from '../../db/audit/append-audit.ts';
import { wholeCompany } from '../../db/database.ts';
import { LINE_HASH } from '../../db/reads/audit-chain.ts';
import { folderAnchor } from '../../systems/anchor/folder-anchor.ts';
import { anchorScheduleId } from '../../worker/schedules.ts';
import { TASK_QUEUES, WORKFLOWS } from '../../workflows/messages.ts';
import { fc, forAll } from '../support/property.ts';
import { begin, soon, walkTo } from '../support/town/story.ts';
import { COMPANY, rowsOf, startTown, type Town } from '../support/town/town.ts';

let town: Town;
let owner: pg.Client;
let outside: string;
let caseId: string;

beforeAll(async () => {
  town = await startTown();
  const url = new URL(town.settings.DATABASE_URL);
  [url.username, url.password] = ['fudian_owner', 'owner'];
  owner = new pg.Client({ connectionString: url.href });
  await owner.connect();
  const story = await begin(town, 'anchor');
  await walkTo(story, 'yellow-service');
  caseId = story.caseId;
  outside = town.settings.ANCHOR_DIR ?? '';
});
afterAll(async () => {
  await owner?.end();
  await town?.close();
});

async function anchorNow(): Promise<{ root: string; places: string[] }> {
  const [now] = await rowsOf<{ now: string }>(town, 'select clock_timestamp() as now');
  // Transactions under way at this very moment belong to the next root.
  await new Promise((resolve) => setTimeout(resolve, 200));
  return town.temporal.workflow.execute(WORKFLOWS.auditAnchor, {
    workflowId: `anchor-${now?.now}`,
    taskQueue: TASK_QUEUES.cases,
    args: [{ companyId: COMPANY, cutAt: now?.now }],
  }) as Promise<{ root: string; places: string[] }>;
}

async function verify(...anchors: string[]): Promise<{ code: number; faults: string[] }> {
  const out: string[] = [];
  const code = await run(['--json', 'evidence', 'verify-anchor', ...anchors], {
    env: { ...process.env, ...(town.settings as unknown as Record<string, string>) },
    out: (text) => out.push(text),
    err: (text) => out.push(text),
  });
  process.exitCode = 0;
  const { faults } = JSON.parse(out.join('')) as { faults: string[] };
  return { code, faults };
}

/** What an owner of the database would do to leave no trace inside it: the guards off, the lie, every hash anew, the guards on. */
async function rewrite(lie: string, values: unknown[]): Promise<void> {
  await owner.query('begin');
  await owner.query('alter table audit disable trigger all');
  await owner.query(lie, values);
  const { rows: chains } = await owner.query<{ id: string }>('select distinct chain_id as id from audit');
  for (const { id } of chains) {
    const { rows } = await owner.query<{ n: number }>('select n from audit where chain_id = $1 order by n', [
      id,
    ]);
    for (const [at, { n }] of rows.entries()) {
      await owner.query(
        `update audit set n = $3, prev_hash = coalesce((select p.hash from audit p where p.chain_id = $1 and p.n = $3 - 1), '\\x')
          where chain_id = $1 and n = $2`,
        [id, n, at + 1],
      );
      await owner.query(`update audit set hash = ${LINE_HASH} where chain_id = $1 and n = $2`, [id, at + 1]);
    }
    await owner.query(
      `update audit_heads h set n = l.n, hash = l.hash from (select n, hash from audit where chain_id = $1 order by n desc limit 1) l
        where h.chain_id = $1`,
      [id],
    );
  }
  await owner.query('alter table audit enable trigger all');
  await owner.query('commit');
}

/** Back to what it was, after each lie. */
async function keep(): Promise<() => Promise<void>> {
  await owner.query('create table if not exists kept_audit as table audit with no data');
  await owner.query('create table if not exists kept_heads as table audit_heads with no data');
  await owner.query('truncate kept_audit, kept_heads');
  await owner.query('insert into kept_audit table audit');
  await owner.query('insert into kept_heads table audit_heads');
  return async () => {
    await owner.query(
      'begin; alter table audit disable trigger all; delete from audit; delete from audit_heads',
    );
    await owner.query('insert into audit table kept_audit; insert into audit_heads table kept_heads');
    await owner.query('alter table audit enable trigger all; commit');
  };
}

describe('L9: what was done is what the anchors say', () => {
  let before: { root: string; places: string[] };
  beforeAll(async () => {
    before = await anchorNow();
    await town.db.tx(wholeCompany(COMPANY), (tx) =>
      appendAudit(tx, {
        ...{ companyId: COMPANY, chainId: 'desk/company-1', actor: 'manager-sun', action: 'weather.set' },
        ...{ body: { day: '2026-11-25' }, occurredAt: '2026-11-25T00:00:00.000Z' },
      }),
    );
    await anchorNow();
  });

  test('each root goes to every place outside, once, and says how it was made', async () => {
    expect(before.places).toEqual(['folder', 'mail']);
    const files = readdirSync(outside).sort();
    expect(files.filter((name) => name.endsWith('.json'))).toHaveLength(2);
    const anchors = files
      .filter((name) => name.endsWith('.json'))
      .map((name) => parseAnchor(readFileSync(path.join(outside, name), 'utf8')) as Anchor);
    expect(anchors[0]).toMatchObject({ root: before.root, previousRoot: null });
    expect(anchors[1]?.previousRoot).toBe(before.root);
    // Made again from the database by nothing but SQL and the rule for a tree.
    const heads = await rowsOf<{ chainId: string; n: number; hash: string }>(
      town,
      `select chain_id as "chainId", n, encode(hash, 'hex') as hash from audit_heads order by chain_id collate "C"`,
    );
    const tree = new MerkleRoot();
    for (const head of heads) tree.add(leafText(head));
    expect(anchors[1]?.tree).toBe(tree.root());
    // Only what grew stands in the second list.
    const [first = '', second = ''] = files.filter((name) => name.endsWith('.leaves'));
    expect(readFileSync(path.join(outside, first), 'utf8')).toContain(caseId);
    expect(readFileSync(path.join(outside, second), 'utf8')).toMatch(
      /^\["desk\/company-1",1,"[0-9a-f]{64}"\]\n$/,
    );
    const mails = (await town.sim.books.mails('auditors@example.invalid')) as { text: string }[];
    expect(new Set(mails.map(({ text }) => parseAnchor(text)?.root))).toEqual(
      new Set(anchors.map(({ root }) => root)),
    );
  });

  test('an untouched history fits them, by the files as by a mail', async () => {
    expect(await verify(outside)).toEqual({ code: 0, faults: [] });
    const [mail] = (await town.sim.books.mails('auditors@example.invalid')) as { text: string }[];
    const saved = path.join(mkdtempSync(path.join(os.tmpdir(), 'fudian-mail-')), 'saved.eml');
    writeFileSync(saved, `From: fudian\r\nSubject: root\r\n\r\n${mail?.text}`);
    expect(await verify(saved)).toEqual({ code: 0, faults: [] });
    rmSync(path.dirname(saved), { recursive: true });
  });

  describe('an owner of the database who turns off the guards and hashes everything anew', () => {
    let undo: () => Promise<void>;
    beforeEach(async () => {
      undo = await keep();
      return undo;
    });

    const lies: readonly (readonly [string, string, string])[] = [
      ['changes who acted', `update audit set actor = 'nobody' where chain_id = $1 and n = 1`, 'line'],
      [
        'changes a moment by a microsecond',
        `update audit set occurred_at = occurred_at + interval '1 microsecond' where chain_id = $1 and n = 2`,
        'line',
      ],
      ['takes a line out of the middle', 'delete from audit where chain_id = $1 and n = 2', 'line'],
      [
        'takes the last line',
        'delete from audit where chain_id = $1 and n = (select max(n) from audit where chain_id = $1)',
        'line',
      ],
      ['takes a whole chain', 'delete from audit where chain_id = $1', 'line'],
      [
        'moves a line behind the cut',
        `update audit set recorded_at = now() + interval '1 day' where chain_id = $1 and n = (select max(n) from audit where chain_id = $1)`,
        'rewritten',
      ],
    ];
    test.each(lies)('%s, and is found', async (_, lie, word) => {
      await rewrite(lie, [caseId]);
      // Inside, everything fits: that is what the outside is for.
      const { rows } = await owner.query<{ n: number }>(
        `select count(*)::int as n from audit where hash <> ${LINE_HASH}`,
      );
      expect(rows[0]?.n).toBe(0);
      const { code, faults } = await verify(outside);
      expect(code).toBe(3);
      expect(faults.join('\n')).toContain('was rewritten');
      expect(faults.join('\n')).toContain(word);
    });

    test('puts a chain in that never was, and is found', async () => {
      await rewrite(
        `insert into audit select company_id, 'case-made-up', n, actor, action, body, occurred_at, recorded_at, prev_hash, hash
           from audit where chain_id = $1`,
        [caseId],
      );
      const { faults } = await verify(outside);
      expect(faults.join('\n')).toMatch(/3 chains|chains then, \d+ and \d+ lines? now|rewritten/);
    });

    test('changes a line and leaves its hash, and is found by the hash alone', async () => {
      await owner.query('begin; alter table audit disable trigger all');
      await owner.query(`update audit set action = 'nothing' where chain_id = $1 and n = 2`, [caseId]);
      await owner.query('alter table audit enable trigger all; commit');
      expect((await verify(outside)).faults).toContainEqual(
        expect.stringContaining(`chain ${caseId}: line 2 was changed without its hash`),
      );
    });
  });

  test('a root that was changed, taken away or put in outside is found, too', async () => {
    const copy = mkdtempSync(path.join(os.tmpdir(), 'fudian-anchors-'));
    const files = readdirSync(outside).sort();
    const put = () => {
      for (const name of files) {
        rmSync(path.join(copy, name), { force: true });
        writeFileSync(path.join(copy, name), readFileSync(path.join(outside, name)));
      }
    };
    const [json = ''] = files.filter((name) => name.endsWith('.json'));
    const [leaves = ''] = files.filter((name) => name.endsWith('.leaves'));
    const change = (name: string, by: (text: string) => string) => {
      put();
      chmodSync(path.join(copy, name), 0o644);
      writeFileSync(path.join(copy, name), by(readFileSync(path.join(copy, name), 'utf8')));
    };
    change(json, (text) => text.replace(/"lines": \d+/, '"lines": 999'));
    expect((await verify(copy)).faults.join()).toContain('its root does not belong to it');
    change(leaves, (text) => text.replace(/,\d+,/, ',999,'));
    expect((await verify(copy)).faults.join()).toContain('list of chains beside it');
    put();
    rmSync(path.join(copy, json));
    rmSync(path.join(copy, leaves));
    const gone = await verify(copy);
    expect(gone.faults).toEqual([]);
    await anchorNow();
    put();
    for (const name of readdirSync(outside))
      writeFileSync(path.join(copy, name), readFileSync(path.join(outside, name)));
    const middle = files.filter((name) => name.endsWith('.json'))[1] ?? '';
    rmSync(path.join(copy, middle));
    expect((await verify(copy)).faults.join()).toMatch(/anchor before it is missing.*not found outside/s);
    rmSync(copy, { recursive: true });
  });

  test('a place takes one root of a name and keeps it', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-worm-'));
    const port = folderAnchor(folder);
    const paper = { name: 'a', text: 'one', leaves: '' };
    expect(await port.put(paper)).toBe(await port.put(paper));
    await expect(port.put({ ...paper, text: 'two' })).rejects.toMatchObject({ code: 'differs' });
    expect(readFileSync(path.join(folder, 'a.json'), 'utf8')).toBe('one');
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'a.leaves']);
    rmSync(folder, { recursive: true });
  });

  test('it happens every night by itself', async () => {
    const schedule = town.temporal.schedule.getHandle(anchorScheduleId(COMPANY));
    expect((await schedule.describe()).spec.timezone).toBe('Asia/Shanghai');
    const count = (): Promise<{ n: number }[]> => rowsOf(town, 'select count(*)::int as n from anchors');
    const [had] = await count();
    await schedule.trigger();
    const [has] = await soon(count, ([row]) => (row?.n ?? 0) > (had?.n ?? 0));
    expect(has?.n).toBe((had?.n ?? 0) + 1);
  });
});

test('the tree is the one of RFC 6962, for any number of leaves', () => {
  const sha = (...parts: (string | Uint8Array)[]): Buffer =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
  const slow = (leaves: readonly string[]): Buffer => {
    if (leaves.length <= 1) return leaves.length === 0 ? sha() : sha(Uint8Array.of(0), leaves[0] ?? '');
    let half = 1;
    while (half * 2 < leaves.length) half *= 2;
    return sha(Uint8Array.of(1), slow(leaves.slice(0, half)), slow(leaves.slice(half)));
  };
  forAll([fc.array(fc.string(), { maxLength: 40 })], (leaves) => {
    const tree = new MerkleRoot();
    for (const leaf of leaves) tree.add(leaf);
    expect(tree.root()).toBe(slow(leaves).toString('hex'));
  });
});
