import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PlatformState, SealedRecord } from '../../systems/credit-platform/port.ts';
import { readSetting, writeSetting } from '../books/settings.ts';
import type { SimContext } from '../context.ts';
import { HttpProblem } from '../http/problem.ts';

export const recordBody = z.strictObject({
  format: z.literal('fudian-credit/1'),
  recordKey: z.string().min(1),
  kind: z.enum(['grade', 'colour', 'record', 'commitment']),
  socialCreditCode: z.string().regex(/^[0-9A-HJ-NP-RTUW-Y]{18}$/, 'not-a-firm'),
  legalName: z.string().min(1),
  statedOn: z.iso.date(),
  statement: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  legalBasis: z.strictObject({ document: z.string().min(1), article: z.string().min(1) }),
  noticeServedOn: z.iso.date(),
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
}) satisfies z.ZodType<SealedRecord>;

/** Whether the platform takes what comes from now on, and how long it looks at it. */
export const verdictSwitch = z.strictObject({
  mode: z.enum(['accept', 'reject']),
  afterMs: z.int().nonnegative().default(0),
});
export type VerdictSwitch = z.input<typeof verdictSwitch>;

/** A record that the platform has. */
export interface HeldRecord {
  platformId: string;
  record: SealedRecord;
  state: PlatformState;
  withdrawnWhy: string | null;
}

interface RecordRow {
  platform_id: string;
  body: SealedRecord;
  decided_at: string;
  verdict: 'accepted' | 'rejected';
  code: string | null;
  withdrawn_at: string | null;
  withdrawn_why: string | null;
}

const verdictSetting = 'credit-platform-verdicts';

/** The platform's own reading of the agreed format: keys in code-unit order, no white space. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).toSorted();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`).join(',')}}`;
}

function checkSum({ checksum, ...record }: SealedRecord): void {
  const ours = createHash('sha256').update(canonical(record)).digest('hex');
  if (ours !== checksum) throw new HttpProblem(422, 'checksum-wrong', `The checksum should be ${ours}.`);
}

/** Takes a record; the same again is one. @throws HttpProblem 409 `record-differs` | 422 `checksum-wrong` */
export async function takeRecord(sim: SimContext, record: SealedRecord): Promise<{ platformId: string }> {
  checkSum(record);
  const kept = await readSetting<z.output<typeof verdictSwitch>>(sim.books, verdictSetting);
  const { mode, afterMs } = kept ?? { mode: 'accept', afterMs: 0 };
  await sim.books.rows(
    `insert into platform_record (record_key, platform_id, body, decided_at, verdict, code)
     values ($1, $2, $3, $4, $5, $6) on conflict (record_key) do nothing`,
    [
      record.recordKey,
      `platform-${randomUUID()}`,
      JSON.stringify(record),
      new Date(Date.now() + afterMs).toISOString(),
      mode === 'accept' ? 'accepted' : 'rejected',
      mode === 'accept' ? null : 'basis-not-recognised',
    ],
  );
  const [row] = await sim.books.rows<RecordRow & { same: boolean }>(
    'select *, body = $2::jsonb as same from platform_record where record_key = $1',
    [record.recordKey, JSON.stringify(record)],
  );
  if (!row) throw new HttpProblem(404, 'unknown-record', `There is no record ${record.recordKey}.`);
  if (!row.same)
    throw new HttpProblem(409, 'record-differs', `Record ${record.recordKey} is known with other content.`);
  return { platformId: row.platform_id };
}

const stateOf = (row: RecordRow): PlatformState => {
  if (row.withdrawn_at !== null) return 'withdrawn';
  return Date.parse(row.decided_at) > Date.now() ? 'received' : row.verdict;
};

async function requireRecord(sim: SimContext, platformId: string): Promise<RecordRow> {
  const [row] = await sim.books.rows<RecordRow>('select * from platform_record where platform_id = $1', [
    platformId,
  ]);
  if (!row) throw new HttpProblem(404, 'unknown-record', `There is no record ${platformId}.`);
  return row;
}

/** Under which id a record of this key is had. @throws HttpProblem 404 `unknown-record` */
export async function findRecord(sim: SimContext, recordKey: string): Promise<{ platformId: string }> {
  const [row] = await sim.books.rows<RecordRow>('select * from platform_record where record_key = $1', [
    recordKey,
  ]);
  if (!row) throw new HttpProblem(404, 'unknown-record', `There is no record ${recordKey}.`);
  return { platformId: row.platform_id };
}

/** Where a record stands. @throws HttpProblem 404 `unknown-record` */
export async function readRecord(
  sim: SimContext,
  platformId: string,
): Promise<{ state: PlatformState; code: string | null }> {
  const row = await requireRecord(sim, platformId);
  const state = stateOf(row);
  return { state, code: state === 'rejected' ? row.code : null };
}

export const withdrawalBody = z.strictObject({ recordKey: z.string().min(1), reason: z.string().min(1) });

/** Takes a record back; twice is once. @throws HttpProblem 404 `unknown-record` */
export async function withdrawRecord(
  sim: SimContext,
  platformId: string,
  why: z.output<typeof withdrawalBody>,
): Promise<{ state: PlatformState; code: string | null }> {
  await requireRecord(sim, platformId);
  await sim.books.rows(
    `update platform_record set withdrawn_at = coalesce(withdrawn_at, now()), withdrawn_why = coalesce(withdrawn_why, $2)
      where platform_id = $1 and record_key = $3`,
    [platformId, why.reason, why.recordKey],
  );
  return readRecord(sim, platformId);
}

/** Sets what becomes of records that come from now on. */
export async function switchVerdicts(sim: SimContext, value: z.output<typeof verdictSwitch>): Promise<void> {
  await writeSetting(sim.books, verdictSetting, value);
}

/** Every record that came, oldest first. */
export async function listRecords(sim: SimContext): Promise<HeldRecord[]> {
  const rows = await sim.books.rows<RecordRow>('select * from platform_record order by seq');
  return rows.map((row) => ({
    platformId: row.platform_id,
    record: row.body,
    state: stateOf(row),
    withdrawnWhy: row.withdrawn_why,
  }));
}
