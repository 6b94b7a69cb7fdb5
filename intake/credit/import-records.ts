import { createHash, randomUUID } from 'node:crypto';
import { appendAudit } from '../../db/audit/append-audit.ts';
import type { Tx } from '../../db/database.ts';
import {
  RECORD_KINDS,
  RECORD_OUTCOMES,
  type RecordKind,
  type RecordOutcome,
} from '../../rules/credit/record-faults.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { dayOf, plain, textOf } from '../import/cells.ts';
import { decodeText } from '../import/decode-text.ts';
import { ImportRefused } from '../import/import-refused.ts';
import type { Fault, RejectCode } from '../import/reject-texts.ts';
import type { BadRow } from '../import/row.ts';
import { splitRecords, type CsvRecord } from '../import/split-records.ts';
import { writeRejects } from '../import/write-rejects.ts';
import { takeAccount } from '../take-account.ts';
import { storeRecord, type RecordFact } from './add-record.ts';

/** A file of thefts, violations, inspections, co-operation and outside records (CSV). */
export interface RecordsFile {
  readonly stream: AsyncIterable<Uint8Array | string>;
  readonly fileName: string;
  readonly centreId: string;
  readonly by: string;
}

export interface RecordsImported {
  importId: string;
  rowsRead: number;
  rowsNew: number;
  rowsSame: number;
  rowsBad: number;
}

/** Columns by their names, Chinese first. */
const COLUMNS = {
  account_no: '户号 用户编号 account_no account',
  kind: '类型 记录类型 kind',
  occurred_on: '发生日期 日期 occurred_on date',
  outcome: '结果 outcome',
  decision_no: '决定书编号 认定文号 decision_no',
  description: '情况 说明 description',
  source: '来源类别 source',
  source_name: '来源 来源单位 source_name',
  source_ref: '来源编号 记录编号 source_ref',
  legal_basis: '法律依据 legal_basis',
} as const;
type Column = keyof typeof COLUMNS;

const REQUIRED: readonly Column[] = [
  'account_no',
  'kind',
  'occurred_on',
  'description',
  'source_name',
  'source_ref',
];

const KIND_WORDS: Readonly<Record<string, RecordKind>> = {
  窃电: 'theft',
  违约用电: 'violation',
  违约: 'violation',
  用电检查: 'inspection',
  检查: 'inspection',
  设备: 'equipment',
  合作: 'cooperation',
  失约: 'breach',
  外部: 'external',
  荣誉: 'honour',
  ...Object.fromEntries(RECORD_KINDS.map((kind) => [kind, kind])),
};
const OUTCOME_WORDS: Readonly<Record<string, RecordOutcome>> = {
  合格: 'passed',
  不合格: 'failed',
  良好: 'good',
  不良: 'bad',
  ...Object.fromEntries(RECORD_OUTCOMES.map((outcome) => [outcome, outcome])),
};
const SOURCE_WORDS: Readonly<Record<string, RecordFact['source']>> = {
  本单位: 'own',
  政府部门: 'authority',
  用户: 'customer',
  ...{ own: 'own', authority: 'authority', customer: 'customer' },
};

type Places = ReadonlyMap<Column, number>;

function placesOf(header: readonly string[]): Places {
  const names = header.map((cell) => plain(cell).toLowerCase());
  const places = new Map<Column, number>();
  for (const [column, words] of Object.entries(COLUMNS) as [Column, string][]) {
    const at = names.findIndex((name) => words.split(' ').includes(name));
    if (at >= 0) places.set(column, at);
  }
  const missing = REQUIRED.filter((column) => !places.has(column));
  if (missing.length > 0)
    throw new ImportRefused('missing-columns', {
      columns: missing.map((column) => COLUMNS[column].split(' ')[0]).join(', '),
    });
  return places;
}

/** Reads one row; every fault of it, not the first. */
function readRow(
  record: CsvRecord,
  places: Places,
  by: string,
): (RecordFact & { accountNo: string }) | Fault[] {
  const cell = (column: Column): string => textOf(record.cells[places.get(column) ?? -1] ?? '');
  const faults: Fault[] = [];
  const fault = (field: Column, code: RejectCode): void => void faults.push({ field, code });
  if (record.broken) return [{ field: 'row', code: 'quote-not-closed' }];
  for (const column of REQUIRED) if (cell(column) === '') fault(column, 'required');
  const kind = KIND_WORDS[cell('kind')];
  if (cell('kind') !== '' && kind === undefined) fault('kind', 'unknown-word');
  const occurredOn = dayOf(cell('occurred_on'));
  if (cell('occurred_on') !== '' && occurredOn === undefined) fault('occurred_on', 'not-a-date');
  const outcome = OUTCOME_WORDS[cell('outcome')];
  if (cell('outcome') !== '' && outcome === undefined) fault('outcome', 'unknown-word');
  const source = cell('source') === '' ? 'own' : SOURCE_WORDS[cell('source')];
  if (source === undefined) fault('source', 'unknown-word');
  if (faults.length > 0 || kind === undefined || occurredOn === undefined || source === undefined)
    return faults;
  return {
    ...{ accountNo: plain(cell('account_no')), kind, occurredOn, source, by },
    ...{ description: cell('description'), sourceName: cell('source_name'), sourceRef: cell('source_ref') },
    ...(outcome === undefined ? {} : { outcome }),
    ...(cell('decision_no') === '' ? {} : { decisionNo: cell('decision_no') }),
    ...(cell('legal_basis') === '' ? {} : { legalBasis: cell('legal_basis') }),
  };
}

/** Which column a refusal of the intake is about. */
const FIELD_OF: Readonly<Record<string, Column>> = {
  'unknown-account': 'account_no',
  'record-differs': 'source_ref',
  'record-in-the-future': 'occurred_on',
  'outcome-missing': 'outcome',
  'outcome-does-not-fit': 'outcome',
  'basis-missing': 'legal_basis',
  'description-missing': 'description',
};

async function storeRow(
  intake: Intake,
  fact: RecordFact & { accountNo: string },
  importId: string,
): Promise<'new' | 'same' | Fault> {
  try {
    return await intake.db.tx(intake.scope, async (tx) => {
      const account = await takeAccount(tx, { accountNo: fact.accountNo });
      const { isNew, confirmed } = await storeRecord(tx, intake.vault, account, { ...fact, importId });
      if (isNew && confirmed)
        await tx.run(
          `insert into credit_due (company_id, centre_id, account_id, cause) values ($1, $2, $3, 'record-imported')`,
          [account.companyId, account.centreId, account.accountId],
        );
      return isNew ? 'new' : 'same';
    });
  } catch (error) {
    if (!(error instanceof IntakeRefused)) throw error;
    return { field: FIELD_OF[error.code] ?? 'row', code: error.code as RejectCode };
  }
}

async function firstRecords(
  pieces: AsyncGenerator<CsvRecord[]>,
): Promise<{ header: CsvRecord; rest: CsvRecord[] }> {
  for (let piece = await pieces.next(); piece.done !== true; piece = await pieces.next()) {
    const at = piece.value.findIndex(({ cells }) => cells.some((cell) => cell.trim() !== ''));
    const header = piece.value[at];
    if (header !== undefined) return { header, rest: piece.value.slice(at + 1) };
  }
  throw new ImportRefused('no-header', {});
}

async function close(
  tx: Tx,
  intake: Intake,
  by: string,
  sha256: string,
  done: RecordsImported,
): Promise<void> {
  const row = await tx.row<{ at: string }>(
    `update imports set file_sha256 = $2, rows_read = $3, rows_new = $4, rows_same = $5, rows_bad = $6, finished_at = clock_timestamp()
      where import_id = $1 returning finished_at as at`,
    [done.importId, sha256, done.rowsRead, done.rowsNew, done.rowsSame, done.rowsBad],
  );
  await appendAudit(tx, {
    ...{
      companyId: intake.scope.companyId,
      chainId: done.importId,
      actor: by,
      action: 'credit.records-imported',
    },
    ...{ body: { sha256, ...done }, occurredAt: row?.at ?? '' },
  });
}

/**
 * Takes in a CSV file of records row by row: a good one is stored and its customer looked at anew, a bad one is kept with field and
 * reason to be mended, and the same file again changes nothing (G2.1, K4.2). @throws ImportRefused (422) when the file cannot be read
 */
export async function importRecords(intake: Intake, file: RecordsFile): Promise<RecordsImported> {
  const hash = createHash('sha256');
  const hashed = async function* (): AsyncGenerator<Uint8Array | string> {
    for await (const piece of file.stream) {
      hash.update(piece);
      yield piece;
    }
  };
  const pieces = splitRecords(decodeText(hashed()));
  const { header, rest } = await firstRecords(pieces);
  const places = placesOf(header.cells);
  const done: RecordsImported = {
    importId: `import-${randomUUID()}`,
    rowsRead: 0,
    rowsNew: 0,
    rowsSame: 0,
    rowsBad: 0,
  };
  await intake.db.tx(intake.scope, (tx) =>
    tx.run(
      `insert into imports (import_id, company_id, centre_id, file_sha256, file_name, imported_by, header, kind)
       values ($1, $2, $3, '', $4, $5, $6, 'credit-records')`,
      [done.importId, intake.scope.companyId, file.centreId, file.fileName, file.by, header.cells],
    ),
  );
  const take = async (record: CsvRecord, rowNo: number): Promise<void> => {
    if (!record.broken && record.cells.every((cell) => cell.trim() === '')) return;
    done.rowsRead += 1;
    const read = readRow(record, places, file.by);
    const stored = Array.isArray(read) ? read : await storeRow(intake, read, done.importId);
    if (stored === 'new') done.rowsNew += 1;
    else if (stored === 'same') done.rowsSame += 1;
    else {
      done.rowsBad += 1;
      const bad: BadRow = { rowNo, cells: record.cells, faults: Array.isArray(stored) ? stored : [stored] };
      const at = { companyId: intake.scope.companyId, importId: done.importId };
      await intake.db.tx(intake.scope, (tx) => writeRejects(tx, intake.vault, at, [bad]));
    }
  };
  let rowNo = 1;
  for (const record of rest) await take(record, (rowNo += 1));
  for await (const piece of pieces) for (const record of piece) await take(record, (rowNo += 1));
  await intake.db.tx(intake.scope, (tx) => close(tx, intake, file.by, hash.digest('hex'), done));
  return done;
}
