import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json, type Tx } from '../../../db/database.ts';
import { readPdf } from '../../support/pdf-text.ts';
import { putAccount, startApiOnly, type ApiOnly } from '../../support/town/api-only.ts';
import * as sample from '../../papers/samples.ts';

const COMPANY = 'company-1';
const CASE = 'case-doc';
const STOP = 'stop/case-doc/1';
const RED = `notice/${CASE}/red/1`;

let api: ApiOnly;
let accountId = '';

async function putNotices(tx: Tx): Promise<void> {
  const facts = sample.stopFacts(1);
  const sealed = [
    ['red', api.vault.sealJson(sample.notice('red', facts).sealed)],
    ['yellow', api.vault.sealJson({ subject: 'old', zh: '旧通知', en: 'old notice' })],
  ] as const;
  for (const [kind, textEnc] of sealed)
    await tx.run(
      `insert into notices (notice_id, company_id, centre_id, case_id, account_id, kind, attempt, status, named_bills,
                            principal_fen, late_fee_fen, sum_fen, text_enc, occurred_at)
       values ($1, $2, 'centre-1', $3, $4, $5, 1, 'prepared', '[]', $6, $7, $8, $9, '2026-11-24T01:00:00Z')`,
      [
        ...[`notice/${CASE}/${kind}/1`, COMPANY, CASE, accountId, kind],
        ...[facts.principalFen, facts.lateFeeFen, facts.sumFen, textEnc],
      ],
    );
  await tx.run(
    `insert into services (service_id, company_id, centre_id, notice_id, method, meter_no, detail_enc, counts, reasons,
                           recorded_by, occurred_at)
     values ('service/doc', $1, 'centre-1', $2, 'refusal', 'M1', $3, true, '[]', 'reader-zhang', '2026-11-24T02:05:00Z')`,
    [COMPANY, RED, api.vault.sealJson({ witness: '李四', circumstances: '拒绝签字' })],
  );
}

async function putStop(tx: Tx): Promise<void> {
  await tx.run(
    `insert into tickets (ticket_id, company_id, centre_id, account_id, case_id, kind, attempt, status, raised_by, meter_no,
                          form_enc, planned_from, planned_to, occurred_at)
     values ('ticket/case-doc/1', $1, 'centre-1', $2, $3, 'stop', 1, 'done', 'reader-zhang', 'M1', $4,
             '2026-12-01T02:00:00Z', '2026-12-01T03:00:00Z', '2026-11-30T01:00:00Z')`,
    [COMPANY, accountId, CASE, api.vault.sealJson(sample.ticket('stop').form)],
  );
  await tx.run(
    `insert into papers (paper_key, company_id, centre_id, case_id, account_id, kind, text_enc)
     values ('case-doc/suspension-copy/1', $1, 'centre-1', $2, $3, 'suspension-copy', $4)`,
    [COMPANY, CASE, accountId, api.vault.sealJson(sample.letter().sealed)],
  );
  await tx.run(
    `insert into stops (stop_id, company_id, centre_id, account_id, case_id, ticket_id, named_bills, principal_fen,
                        classification, method, meter_no, proof, occurred_at)
     values ($1, $2, 'centre-1', $3, $4, 'ticket/case-doc/1', '[]', 12345, 'lawful', 'crew', 'M1', $5, '2026-12-01T02:10:00Z')`,
    [STOP, COMPANY, accountId, CASE, json({ readingKwh: 4711.5, proofs: [] })],
  );
}

const putMiss = (tx: Tx) =>
  tx.run(
    `insert into restorations (stop_id, company_id, centre_id, account_id, status, cause_at, promise_at, deadline_at, missed,
                               explanation_due_at, miss_reason, customer_told_at, leader_told_at)
     values ($1, $2, 'centre-1', $3, 'dispatched', '2026-12-01T04:30:00Z', '2026-12-01T16:30:00Z', '2026-12-02T04:30:00Z',
             true, '2026-12-03T15:59:00Z', '暴雨积水', '2026-12-02T04:30:00Z', '2026-12-02T04:30:00Z')`,
    [STOP, COMPANY, accountId],
  );

beforeAll(async () => {
  api = await startApiOnly();
  accountId = await putAccount(api, '320899000001');
  await api.tx(async (tx) => {
    await tx.run(
      `insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, stage, stage_since, launched_by,
                          opened_at)
       values ($1, $2, 'centre-1', $3, 'p1', '{}', 'red-service', '2026-11-01T00:00:00Z', 'reader-zhang', '2026-11-01T00:00:00Z')`,
      [CASE, COMPANY, accountId],
    );
    await putNotices(tx);
    await putStop(tx);
  });
});
afterAll(() => api?.close());

const path = (...parts: string[]): string => parts.map((part) => `/${encodeURIComponent(part)}`).join('');

async function get(
  where: string,
  role: string,
  centres: readonly string[] = ['centre-1'],
): Promise<Response> {
  return api.send(where, { token: await api.token({ roles: [role], centres }) });
}

async function pdfOf(where: string, role: string): Promise<string> {
  const response = await get(where, role);
  expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
    status: 200,
    type: 'application/pdf',
  });
  return readPdf(Buffer.from(await response.arrayBuffer())).text;
}

const DOCUMENTS: readonly (readonly [string, string, string])[] = [
  [
    path('notices', RED, 'document.pdf'),
    'reader',
    '缴清金额人民币（大写）壹佰贰拾陆元陆角陆分（小写¥126.66）',
  ],
  [path('notices', RED, 'service-sheet.pdf'), 'auditor', '见证人李四'],
  [path('tickets', 'ticket/case-doc/1', 'document.pdf'), 'crew', '表底数（kWh）4711.5'],
  [path('papers', 'case-doc/suspension-copy/1', 'document.pdf'), 'government-liaison', '电力管理部门：'],
  [path('stops', STOP, 'evidence-summary.pdf'), 'auditor', 'stopped2026-12-0110:10:00'],
];

describe('papers over HTTP', () => {
  test.each(DOCUMENTS)('%s as %s', async (where, role, words) => {
    expect(await pdfOf(where, role)).toContain(words);
  });

  test.each(DOCUMENTS)('%s: not to another centre, not to another role', async (where, role) => {
    expect((await get(where, role, ['centre-2'])).status).toBe(404);
    expect((await get(where, 'customer')).status).toBe(403);
  });

  test('a notice is the same bytes whoever asks, and whenever', async () => {
    const [where = ''] = DOCUMENTS[0] ?? [];
    const hashOf = async (role: string): Promise<string> =>
      createHash('sha256')
        .update(Buffer.from(await (await get(where, role)).arrayBuffer()))
        .digest('hex');
    expect(await hashOf('reader')).toBe(await hashOf('auditor'));
  });

  test('T3.3: a miss is explained to customer and leader; nothing missed, nothing to print', async () => {
    const where = path('stops', STOP, 'miss-explanation.pdf');
    expect((await get(where, 'station-head')).status).toBe(409);
    await api.tx(putMiss);
    expect(await pdfOf(where, 'station-head')).toContain('延迟原因暴雨积水');
    expect(await pdfOf(`${where}?to=leader`, 'station-head')).toContain('主管领导：');
  });

  test('G3.5: whoever was drawn has a certificate, that names what the draw is run again from; nobody else has', async () => {
    const other = await putAccount(api, '320899000002');
    await api.tx(async (tx) => {
      await tx.run(
        `insert into credit_draws (draw_id, company_id, year, seed_source, announced_by, share_permille, seed, method, classes,
                                   drawn_by, drawn_at)
         values ('draw/doc', $1, 2026, '双色球 2027004 期', 'credit-he', 100, '03 11 17', 'sha256-rank-1', $2, 'company-head-zhu',
                 '2027-01-11T02:00:00Z')`,
        [COMPANY, json({ residential: { population: 2, winners: 1, populationSha256: 'ab' } })],
      );
      await tx.run(
        `insert into credit_draw_entries (company_id, centre_id, draw_id, account_id, class, rank, won)
         values ($1, 'centre-1', 'draw/doc', $2, 'residential', 1, true), ($1, 'centre-1', 'draw/doc', $3, 'residential', 2, false)`,
        [COMPANY, accountId, other],
      );
    });
    const of = (no: string, year = '2026') =>
      path('accounts', no, 'credit', 'certificates', year, 'document.pdf');
    const text = await pdfOf(of('320899000001'), 'marketing-manager');
    expect(text).toContain('荣誉证书');
    expect(text).toContain('2026年度A级居民用户抽奖');
    expect(text).toContain('随机数来源“双色球2027004期”');
    expect(text).toContain('公布的随机数为“031117”；居民用户共2户参加，抽出1户，本户列第1位');
    expect((await get(of('320899000002'), 'credit-officer')).status).toBe(404);
    expect((await get(of('320899000001', '2025'), 'credit-officer')).status).toBe(404);
    expect((await get(of('320899000001'), 'credit-officer', ['centre-2'])).status).toBe(404);
    expect((await get(of('320899000001'), 'crew')).status).toBe(403);
  });

  test('a notice whose facts were not sealed with it says so instead of printing a guess', async () => {
    const response = await get(path('notices', `notice/${CASE}/yellow/1`, 'document.pdf'), 'reader');
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'not-printable' });
  });
});
