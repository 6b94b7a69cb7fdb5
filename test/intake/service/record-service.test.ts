import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeCompany } from '../../../db/database.ts';
import type { Intake } from '../../../intake/deps.ts';
import { recordService, type ServiceFact } from '../../../intake/service/record-service.ts';
import { makeStopCase, type StopCase } from '../../activities/support/stop-case.ts';
import {
  COMPANY,
  SERVED_ON,
  STOP_AT_MS,
  openWorkbench,
  type Workbench,
} from '../../activities/support/workbench.ts';

let bench: Workbench;
let intake: Intake;
beforeAll(async () => {
  bench = await openWorkbench();
  intake = { db: bench.db, vault: bench.deps.vault, scope: wholeCompany(COMPANY) };
});
afterAll(() => bench.close());

/** A red notice that waits to be served. */
async function prepared(): Promise<StopCase> {
  const c = await makeStopCase(bench, 'red-served');
  await bench.tx(async (tx) => {
    await tx.run(
      `update notices set status = 'prepared', served_on = null, served_at = null, stop_at = null where notice_id = $1`,
      [`notice/${c.caseId}/red/1`],
    );
    await tx.run(
      `update stop_plans set status = 'planned', stop_on = null, stop_at = null where case_id = $1`,
      [c.caseId],
    );
  });
  return c;
}

const serve = (c: StopCase, more: Partial<ServiceFact> = {}) =>
  recordService(intake, {
    noticeId: `notice/${c.caseId}/red/1`,
    method: 'signature',
    by: 'reader-1',
    occurredAt: `${SERVED_ON}T10:00:00+08:00`,
    meterNo: `meter-${c.accountId}`,
    proofs: ['a'.repeat(64)],
    ...more,
  });

test('T2.2: a signature at the right meter, with proof, fixes the stop day', async () => {
  const c = await prepared();
  const answer = await serve(c);
  expect(answer).toMatchObject({ counts: true, reasons: [], stopAt: new Date(STOP_AT_MS).toISOString() });
});

test('T2.2: what does not count is stored with its reason and serves nothing', async () => {
  const wrong: [Partial<ServiceFact>, string][] = [
    [{ meterNo: 'meter-next-door' }, 'wrong-meter'],
    [{ proofs: [] }, 'signature-without-proof'],
    [{ method: 'photo', proofs: [] }, 'photo-without-proof'],
    [{ method: 'refusal', witness: '居委会李主任' }, 'refusal-without-circumstances'],
    [{ method: 'refusal', circumstances: '拒绝签收', proofs: [] }, 'refusal-without-proof'],
    [{ occurredAt: '2026-11-07T10:00:00+08:00' }, 'outside-service-days'],
  ];
  const c = await prepared();
  for (const [more, code] of wrong) {
    const answer = await serve(c, more);
    expect({ code, counts: answer.counts, codes: answer.reasons.map((one) => one.code) }).toMatchObject({
      counts: false,
      codes: expect.arrayContaining([code]) as unknown,
    });
    expect(answer.stopAt).toBeUndefined();
  }
  const stored = await bench.tx((tx) =>
    tx.rows('select 1 from services where notice_id = $1 and not counts', [`notice/${c.caseId}/red/1`]),
  );
  expect(stored).toHaveLength(wrong.length);
  expect((await serve(c)).counts).toBe(true);
});

test('T2.2: a refusal with witness, circumstances and photo counts, and is reported upward', async () => {
  const c = await prepared();
  const answer = await serve(c, { method: 'refusal', witness: '居委会李主任', circumstances: '拒绝签收' });
  expect(answer.counts).toBe(true);
  const reports = await bench.tx((tx) =>
    tx.rows(`select 1 from outbox where kind = 'start-report' and payload -> 'input' ->> 'subjectId' = $1`, [
      answer.serviceId,
    ]),
  );
  expect(reports).toHaveLength(1);
});

test('a notice is served once, even by two readers at the same moment', async () => {
  const c = await prepared();
  const answers = await Promise.all([serve(c), serve(c, { by: 'reader-2' }), serve(c)]);
  expect(answers.filter((answer) => answer.counts)).toHaveLength(1);
});
