import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { appendAudit } from '../../db/audit/append-audit.ts';
import type { Tx } from '../../db/database.ts';
import type { Intake } from '../deps.ts';
import { checkHeader, HEADER_WITHIN, headerOf, type Header } from './columns.ts';
import { decodeText } from './decode-text.ts';
import { ImportRefused } from './import-refused.ts';
import { mergeBatch } from './merge-batch.ts';
import { prepareBatch, type BatchContext } from './prepare-batch.ts';
import { readRow, type RowContext } from './read-row.ts';
import type { BadRow, Centre, GoodRow } from './row.ts';
import { bigramHasher } from './seal-account.ts';
import { seenTable } from './seen.ts';
import { splitRecords, type CsvRecord } from './split-records.ts';
import { writeRejects } from './write-rejects.ts';

/** A file of arrears to take in. */
export interface ArrearsFile {
  readonly stream: AsyncIterable<Uint8Array | string>;
  readonly fileName: string;
  /** Centre of rows that name none. */
  readonly centreId: string;
  /** Person who imports. */
  readonly by: string;
}

/** What became of the rows; `rowsRead` is the sum of the others. */
export interface ImportCounts {
  rowsRead: number;
  rowsNew: number;
  rowsChanged: number;
  rowsSame: number;
  rowsBad: number;
}

export interface ImportResult extends ImportCounts {
  importId: string;
}

/** Rows of one transaction: the accounts in it are locked for about a quarter of a second. */
const BATCH_ROWS = 5_000;

async function readCentres(tx: Tx, centreId: string): Promise<Map<string, Centre>> {
  const rows = await tx.rows<Centre>('select centre_id as "centreId", name, region from centres');
  const centres = new Map(
    rows.flatMap((centre) => [
      [centre.name, centre],
      [centre.centreId, centre],
    ]),
  );
  if (!centres.has(centreId)) throw new ImportRefused('unknown-centre', { centreId });
  return centres;
}

/** Passes the bytes on and remembers their hash. */
async function* hashing(
  stream: AsyncIterable<Uint8Array | string>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array | string> {
  for await (const piece of stream) {
    hash.update(piece);
    yield piece;
  }
}

/** Finds the header among the first rows: a title above it is passed over. @throws ImportRefused */
async function findHeader(
  pieces: AsyncIterator<CsvRecord[]>,
): Promise<{ header: Header; headerRow: number; rest: CsvRecord[] }> {
  let first: CsvRecord[] = [];
  while (first.length < HEADER_WITHIN) {
    const piece = await pieces.next();
    if (piece.done === true) break;
    first = first.concat(piece.value);
  }
  const headers = first.slice(0, HEADER_WITHIN).map(({ cells }) => headerOf(cells));
  const best = headers.reduce(
    (found, header, index) => (header.at.size > (headers[found]?.at.size ?? 0) ? index : found),
    0,
  );
  const header = headers[best];
  if (header === undefined || header.cells.every((cell) => cell.trim() === ''))
    throw new ImportRefused('no-header', {});
  return { header: checkHeader(header), headerRow: best + 1, rest: first.slice(best + 1) };
}

/** The records behind the header in batches, each with the row number of its first. */
async function* batchesOf(
  rest: CsvRecord[],
  pieces: AsyncIterable<CsvRecord[]>,
  firstRowNo: number,
): AsyncGenerator<{ firstRowNo: number; records: CsvRecord[] }> {
  let held = rest;
  let rowNo = firstRowNo;
  const cut = (): { firstRowNo: number; records: CsvRecord[] } => {
    const records = held.slice(0, BATCH_ROWS);
    held = held.slice(BATCH_ROWS);
    rowNo += records.length;
    return { firstRowNo: rowNo - records.length, records };
  };
  for await (const piece of pieces) {
    held = held.concat(piece);
    while (held.length >= BATCH_ROWS) yield cut();
  }
  while (held.length > 0) yield cut();
}

function readRows(
  batch: { firstRowNo: number; records: CsvRecord[] },
  context: RowContext,
): { good: GoodRow[]; bad: BadRow[] } {
  const good: GoodRow[] = [];
  const bad: BadRow[] = [];
  for (const [index, record] of batch.records.entries()) {
    const row = readRow(batch.firstRowNo + index, record, context);
    if (row === undefined) continue;
    if ('faults' in row) bad.push(row);
    else good.push(row);
  }
  return { good, bad };
}

async function openImport(
  intake: Intake,
  file: ArrearsFile,
  importId: string,
  header: Header,
): Promise<void> {
  await intake.db.tx(intake.scope, (tx) =>
    tx.run(
      `insert into imports (import_id, company_id, centre_id, file_sha256, file_name, imported_by, header)
       values ($1, $2, $3, '', $4, $5, $6)`,
      [importId, intake.scope.companyId, file.centreId, file.fileName, file.by, header.cells],
    ),
  );
}

async function closeImport(intake: Intake, by: string, sha256: string, result: ImportResult): Promise<void> {
  const { importId, rowsRead, rowsNew, rowsChanged, rowsSame, rowsBad } = result;
  await intake.db.tx(intake.scope, async (tx) => {
    const closed = await tx.row<{ finished_at: string }>(
      `update imports set file_sha256 = $2, rows_read = $3, rows_new = $4, rows_changed = $5, rows_same = $6, rows_bad = $7,
              finished_at = clock_timestamp() where import_id = $1 returning finished_at`,
      [importId, sha256, rowsRead, rowsNew, rowsChanged, rowsSame, rowsBad],
    );
    await appendAudit(tx, {
      companyId: intake.scope.companyId,
      chainId: importId,
      actor: by,
      action: 'arrears.imported',
      body: { sha256, rowsRead, rowsNew, rowsChanged, rowsSame, rowsBad },
      occurredAt: closed?.finished_at ?? '',
    });
  });
}

/**
 * Takes in a CSV file of arrears, one bill a row, in batches that each commit: the good rows go in, each bad one is kept with
 * its reasons (mend-file.ts), and a file that stops half-way can simply be imported again: what is stored counts as the same.
 * @throws ImportRefused (422) when the whole file cannot be read; nothing of it is stored then
 */
export async function importArrears(intake: Intake, file: ArrearsFile): Promise<ImportResult> {
  const { db, vault, scope } = intake;
  const { companyId } = scope;
  // A file that cannot be opened fails before it is read; the reading below then throws that error.
  if (file.stream instanceof Readable) file.stream.on('error', () => undefined);
  const centres = await db.tx(scope, (tx) => readCentres(tx, file.centreId));
  const hash = createHash('sha256');
  const pieces = splitRecords(decodeText(hashing(file.stream, hash)));
  const { header, headerRow, rest } = await findHeader(pieces);
  const importId = `import-${randomUUID()}`;
  await openImport(intake, file, importId, header);
  const rowContext: RowContext = { header, centres, centreId: file.centreId, by: file.by };
  const context: BatchContext = {
    companyId,
    vault,
    hashBigrams: bigramHasher(vault),
    seenBills: seenTable(),
    seenAccounts: seenTable(),
  };
  const counts: ImportCounts = { rowsRead: 0, rowsNew: 0, rowsChanged: 0, rowsSame: 0, rowsBad: 0 };
  const take = async (batch: { firstRowNo: number; records: CsvRecord[] }): Promise<() => Promise<void>> => {
    const { good, bad } = readRows(batch, rowContext);
    const prepared = await db.tx(scope, (tx) => prepareBatch(tx, context, good));
    const allBad = [...bad, ...prepared.bad];
    return async () => {
      const merged = await db.tx(scope, async (tx) => {
        await writeRejects(tx, vault, { companyId, importId }, allBad);
        return mergeBatch(tx, companyId, prepared, header.at.has('agreed_channel'));
      });
      counts.rowsRead += good.length + bad.length;
      counts.rowsNew += merged.rowsNew;
      counts.rowsChanged += merged.rowsChanged;
      counts.rowsSame += merged.rowsSame;
      counts.rowsBad += allBad.length;
    };
  };
  await inTurn(batchesOf(rest, pieces, headerRow + 1), take);
  const result = { importId, ...counts };
  await closeImport(intake, file.by, hash.digest('hex'), result);
  return result;
}

/** Merges that run side by side; with the batch being prepared that is three transactions and three batches in memory. */
const MERGES_AT_ONCE = 2;

/** Prepares the next batch while the database merges the ones before. */
async function inTurn<T>(
  batches: AsyncIterable<T>,
  prepare: (batch: T) => Promise<() => Promise<void>>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const faults: Error[] = [];
  const throwFault = (): void => {
    if (faults[0] !== undefined) throw faults[0];
  };
  const start = (merge: () => Promise<void>): void => {
    const merging: Promise<void> = merge()
      .catch((fault: unknown) => void faults.push(fault instanceof Error ? fault : new Error(String(fault))))
      .finally(() => running.delete(merging));
    running.add(merging);
  };
  try {
    for await (const batch of batches) {
      const merge = await prepare(batch);
      while (running.size >= MERGES_AT_ONCE) await Promise.race(running);
      throwFault();
      start(merge);
    }
  } finally {
    await Promise.all(running);
  }
  throwFault();
}
