import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from '../../cli/fudian.ts';
import { EXIT } from '../../cli/core/exit.ts';
import { wholeCompany } from '../../db/database.ts';
import { finishRun } from '../../db/watch/finish-run.ts';
import { useTown } from '../support/town/story.ts';
import { newAccount } from '../support/town/account.ts';
import { COMPANY } from '../support/town/town.ts';

interface Finding {
  what: string;
  ok: boolean;
  detail: string;
  advice: string;
}

const town = useTown({ worker: false });
const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `fudian doctor` as an operator of a server elsewhere types it. */
async function doctor(...args: string[]): Promise<{ code: number; out: string }> {
  const out: string[] = [];
  const world = {
    env: {
      FUDIAN_URL: town().apiUrl,
      FUDIAN_TOKEN: await town().sim.token('operator-shi'),
      FUDIAN_DATA: folder,
    },
    out: (text: string) => void out.push(text),
    err: (text: string) => void out.push(text),
  };
  const code = await run([...args, 'doctor'], world);
  process.exitCode = undefined;
  return { code, out: out.join('\n') };
}

async function wrong(): Promise<Finding[]> {
  const { out } = await doctor('--json');
  return (JSON.parse(out) as Finding[]).filter(({ ok }) => !ok);
}
const change = (sql: string, values: unknown[] = []) =>
  town().db.tx(wholeCompany(COMPANY), (tx) => tx.run(sql, values));

test('doctor says of every part what is wrong and what to do, and no more once it is mended', async () => {
  await newAccount(town());
  expect(await wrong()).toMatchObject([
    { what: 'workers', advice: expect.stringContaining('Start a worker') },
  ]);

  await town().sim.faults.add({ system: 'billing', fault: '500' });
  await town().sim.faults.add({ system: 'carrier', fault: '429' });
  await town().sim.faults.add({ system: 'meter', fault: 'wrong-answer' });
  await town().sim.faults.add({ system: 'field-work', fault: 'time-out', delayMs: 100 });
  await change(
    `insert into watch_runs (company_id, run, finished_at) values ($1, 'payment-watch', now() - interval '3 hours')`,
    [COMPANY],
  );
  await change(
    `insert into alarms (alarm_id, company_id, kind, subject_id) values ('alarm/1', $1, 'subscriber-away', 'somebody')`,
    [COMPANY],
  );
  await change(`update accounts set name_enc = '\\x00'`);
  const found = new Map((await wrong()).map((finding) => [finding.what, finding]));
  expect([...found.keys()].toSorted()).toEqual(
    ['alarms', 'billing', 'carrier', 'crews', 'keys', 'meters', 'watches', 'workers'].toSorted(),
  );
  expect(found.get('billing')?.advice).toContain('BILLING_URL');
  expect(found.get('alarms')?.detail).toContain('subscriber-away 1');
  expect(found.get('watches')?.detail).toContain('payment-watch has not run for 180 min');
  const { code, out } = await doctor();
  expect(code).toBe(EXIT.unreachable);
  expect(out).toMatch(/NO +billing +does not answer/);
  expect((await doctor('--lang', 'zh')).out).toContain('无法解开已存的数据');

  await town().sim.faults.remove();
  await change(`update alarms set cleared_at = clock_timestamp()`);
  await change(`update accounts set name_enc = $1`, [town().vault.seal('张三')]);
  await town().db.tx(wholeCompany(COMPANY), (tx) => finishRun(tx, COMPANY, 'payment-watch', 0));
  expect((await wrong()).map(({ what }) => what)).toEqual(['workers']);
});
