import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAccount } from '../../support/town/account.ts';
import { must, person } from '../../support/town/person.ts';
import { rowsOf, startTown, type Town } from '../../support/town/town.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town?.close());

const [header = '', row = ''] = readFileSync('examples/arrears.csv', 'utf8').split(/\r?\n/);
const good = row.replaceAll('900001', '660001');
const bad = row.replaceAll('900001', '660002').replace('¥312.46', '很多钱');

interface Counts {
  importId: string;
  rowsRead: number;
  rowsNew: number;
  rowsSame: number;
  rowsBad: number;
}

async function send(
  personId: string,
  file: string,
  wish: { centreId?: string; type?: string; key?: string } = {},
): Promise<{ status: number; replayed: boolean; body: Counts & { code?: string; reasons?: unknown[] } }> {
  const { centreId = 'centre-1', type = 'text/csv', key = randomUUID() } = wish;
  const query = new URLSearchParams({ centreId, fileName: '欠费.csv' });
  const response = await fetch(`${town.apiUrl}/imports?${query.toString()}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await town.sim.token(personId)}`,
      'content-type': type,
      'idempotency-key': key,
    },
    body: file,
  });
  const body = (await response.json()) as Counts;
  return { status: response.status, replayed: response.headers.get('idempotent-replay') === 'true', body };
}

test('a file of arrears goes in, its bad row comes back in words, and the same file again changes nothing', async () => {
  const file = [header, good, bad].join('\n');
  const first = await send('clerk-chen', file);
  expect(first).toMatchObject({ status: 201, body: { rowsRead: 2, rowsNew: 1, rowsBad: 1 } });
  expect((await send('reader-zhang', file)).body).toMatchObject({ rowsRead: 2, rowsNew: 0, rowsSame: 1 });

  const clerk = person(town, 'clerk-chen');
  const { importId } = first.body;
  expect((await must(clerk.get<{ items: Counts[] }>('/imports?limit=1'))).items).toHaveLength(1);
  expect(await must(clerk.get(`/imports/${importId}`))).toMatchObject({ importId, fileName: '欠费.csv' });
  const rejects = await must(
    clerk.get<{ items: { rowNo: number; text: string }[] }>(`/imports/${importId}/rejects`),
  );
  expect(rejects.items).toMatchObject([
    { rowNo: 3, text: expect.stringMatching(/\p{Script=Han}/u) as string },
  ]);
  const mend = await fetch(`${town.apiUrl}/imports/${importId}/mend.csv`, {
    headers: { authorization: `Bearer ${await town.sim.token('clerk-chen')}` },
  });
  expect(mend.headers.get('content-type')).toMatch(/^text\/csv/);
  const text = await mend.text();
  expect(text).toContain('320800660002');
  expect(text).not.toContain('320800660001');
});

test('the same upload under one key is answered once; another centre, another type and no file are refused', async () => {
  const key = randomUUID();
  const file = [header, good.replaceAll('660001', '660003')].join('\n');
  expect((await send('clerk-chen', file, { key })).replayed).toBe(false);
  expect(await send('clerk-chen', file, { key })).toMatchObject({ replayed: true, body: { rowsNew: 1 } });
  expect(await send('clerk-chen', `${file}\n`, { key })).toMatchObject({ status: 422 });
  expect(await send('clerk-chu', file)).toMatchObject({
    status: 422,
    body: { reasons: [{ code: 'unknown-centre' }] },
  });
  expect(await send('clerk-chen', '{}', { type: 'application/json' })).toMatchObject({ status: 415 });
  // Refused long before its end, and still answered.
  expect(await send('clerk-chen', `a,b\n${'1,2\n'.repeat(500_000)}`)).toMatchObject({
    status: 422,
    body: { reasons: [{ code: 'missing-columns' }] },
  });
  expect(await send('leader-zhao', file)).toMatchObject({ status: 403 });
  const seen = await person(town, 'clerk-chu').get<{ items: unknown[] }>('/imports');
  expect(seen.body.items).toEqual([]);
});

test('T2.0: a dry run tells who may enter and why not, and a launch takes exactly those', async () => {
  const account = await newAccount(town, {
    centreId: 'centre-2',
    region: '清江浦区',
    readerId: 'reader-wang',
  });
  const unasked = await newAccount(town, { centreId: 'centre-2', region: '清江浦区', protection: null });
  const small = await newAccount(town, { centreId: 'centre-2', region: '清江浦区', principalFen: 100 });
  const clerk = person(town, 'clerk-chu');
  const screened = await must(
    clerk.get<{ items: { accountNo: string; outcome: string; reasons: { text: string }[] }[]; next: string }>(
      '/screenings?centreId=centre-2&limit=2',
    ),
  );
  expect(screened.items).toMatchObject([
    { accountNo: account.accountNo, outcome: 'permitted', reasons: [] },
    { accountNo: unasked.accountNo, outcome: 'undetermined', reasons: [{ code: 'protection-not-asked' }] },
  ]);
  const rest = await must(
    clerk.get<{ items: unknown[]; next: null }>(
      `/screenings?centreId=centre-2&limit=2&cursor=${screened.next}`,
    ),
  );
  expect(rest).toMatchObject({ items: [{ accountNo: small.accountNo, outcome: 'refused' }], next: null });

  // Nothing is launched that nobody has seen: an account that came in after the dry run waits for the next one.
  expect(
    await must(clerk.post('/launches', { centreId: 'centre-2', accountNos: [small.accountNo] })),
  ).toMatchObject({ launched: [], notLaunched: [{ accountNo: small.accountNo }] });
  expect(await must(clerk.post('/launches', { centreId: 'centre-2' }))).toMatchObject({
    launched: [{ accountNo: account.accountNo }],
    notLaunched: [{ accountNo: unasked.accountNo }, { accountNo: small.accountNo }],
    next: null,
  });
  const asked = await rowsOf(town, `select 1 from tasks where account_id = $1 and kind = 'ask-protection'`, [
    unasked.accountId,
  ]);
  expect(asked).toHaveLength(1);
  await expect
    .poll(async () => (await must(clerk.get<{ items: unknown[] }>('/centres'))).items)
    .toMatchObject([{ centreId: 'centre-2', openCases: 1 }]);
  expect(await clerk.post('/launches', { centreId: 'centre-1' })).toMatchObject({ status: 404 });
});
