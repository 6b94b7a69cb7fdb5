import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putAccount, startApiOnly, type ApiOnly } from '../../support/town/api-only.ts';

let api: ApiOnly;
let accountId: string;
beforeAll(async () => {
  api = await startApiOnly();
  accountId = await putAccount(api, '320800000071');
});
afterAll(() => api.close());

async function post(path: string, role: string, body: unknown, personId = 'somebody') {
  const token = await api.token({ roles: [role], centres: ['centre-1'], personId });
  const response = await api.send(path, {
    token,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    body: (await response.json()) as { reasons?: { code: string; text: string }[] },
  };
}

const putTask = (taskId: string, kind: string, role: string) =>
  api.tx((tx) =>
    tx.run(
      `insert into tasks (task_id, company_id, centre_id, account_id, kind, role, ref, not_before, due_at, occurred_at)
       values ($1, 'company-1', 'centre-1', $2, $3, $4, 'stop/1', now(), now(), now())`,
      [taskId, accountId, kind, role],
    ),
  );
const isDone = async (taskId: string): Promise<boolean> =>
  (await api.tx((tx) => tx.rows('select 1 from tasks where task_id = $1 and done_at is not null', [taskId])))
    .length === 1;

test('T3.3: who looked after a customer still in the dark says what came of it; others, and other tasks, do not end so', async () => {
  await putTask('dark-1', 'still-dark', 'team-leader');
  await putTask('serve-1', 'serve-red', 'reader');
  const done = (taskId: string, role: string) =>
    post(`/tasks/${taskId}/done`, role, { outcome: '现场已送电，用户内线跳闸' });
  expect(await done('dark-1', 'reader')).toMatchObject({
    status: 409,
    body: { reasons: [{ code: 'not-sent-to-you' }] },
  });
  expect(await done('serve-1', 'reader')).toMatchObject({
    status: 409,
    body: { reasons: [{ code: 'task-ends-by-its-fact' }] },
  });
  expect(await done('nobody', 'reader')).toMatchObject({ status: 404 });
  expect([await isDone('dark-1'), await isDone('serve-1')]).toEqual([false, false]);
  expect(await done('dark-1', 'team-leader')).toMatchObject({ status: 200 });
  expect(await isDone('dark-1')).toBe(true);
});

test('T2.2: a hash that nobody uploaded is no proof of service', async () => {
  const path = `/notices/${encodeURIComponent('notice/none/red/1')}/services`;
  const service = { method: 'photo', meterNo: 'M1', proofs: ['a'.repeat(64)] };
  const refused = await post(path, 'reader', service);
  expect(refused).toMatchObject({ status: 422, body: { reasons: [{ code: 'proof-missing' }] } });
  expect(refused.body.reasons?.[0]?.text).not.toBe('');
});
