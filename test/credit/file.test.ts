import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGradeLines } from '../../db/credit/read-credit-file.ts';
import { addDocument, mergeAccounts } from '../../intake/credit/add-document.ts';
import { addRecord, annulRecord, type RecordFact } from '../../intake/credit/add-record.ts';
import { importRecords } from '../../intake/credit/import-records.ts';
import { setIdentity } from '../../intake/credit/set-identity.ts';
import type { Intake } from '../../intake/deps.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { type Books } from './support/books.ts';
import { no, openCustomers, today, type Customers } from './support/customers.ts';

let customers: Customers;
let books: Books;
let intake: Intake;
beforeAll(async () => {
  customers = await openCustomers();
  ({ books, intake } = customers);
});
afterAll(() => customers?.books.close());

const record = (name: string, more: Partial<RecordFact> & Pick<RecordFact, 'kind'>) => ({
  ...{
    accountNo: no(name),
    occurredOn: addDays(today, -10),
    description: '现场检查发现绕越计量',
    source: 'own' as const,
  },
  ...{ sourceName: '用电检查班', sourceRef: `${name}-${more.kind}`, by: 'crew-wu' },
  ...more,
});
describe('the credit file', () => {
  test('K4.1, K4.3, H3: identity in versions, sealed, each with who and why', async () => {
    const fact = {
      ...{
        accountNo: no('firm'),
        partyKind: 'firm' as const,
        verified: true,
        source: 'customer' as const,
        by: 'credit-he',
      },
      identity: { legalName: '淮安某某有限公司', socialCreditCode: '91440300 71526726xg' },
    };
    expect(await setIdentity(intake, { ...fact, reason: '首次登记' })).toEqual({ version: 1 });
    expect(await setIdentity(intake, { ...fact, reason: '更名' })).toEqual({ version: 2 });
    const { identities } = await customers.fileOf('firm');
    expect(identities).toMatchObject([
      {
        version: 2,
        changedBy: 'credit-he',
        reason: '更名',
        identity: { socialCreditCode: '9144030071526726XG' },
      },
      { version: 1 },
    ]);
    const sealed = await books.tx((tx) =>
      tx.rows<{ identity_enc: Buffer }>('select identity_enc from credit_files where account_id = $1', [
        'firm',
      ]),
    );
    expect(sealed.some((row) => row.identity_enc.toString('utf8').includes('有限公司'))).toBe(false);
    const wrong = {
      ...fact,
      reason: 'x',
      identity: { legalName: 'x', socialCreditCode: '914403007152672600' },
    };
    await expect(setIdentity(intake, wrong)).rejects.toThrow(/not-a-social-credit-code/);
    await expect(setIdentity(intake, { ...fact, reason: 'x', identity: { legalName: 'x' } })).rejects.toThrow(
      /firm-needs-code/,
    );
  });

  test('G1.D, K5.3: an established theft is judged at once and waits for a person; an alleged one does not count', async () => {
    const alleged = await addRecord(intake, record('thief', { kind: 'theft', sourceRef: 'alleged' }));
    expect(alleged).toMatchObject({ counts: false, queued: 0 });
    const established = await addRecord(
      intake,
      record('thief', { kind: 'theft', decisionNo: '淮电查〔2026〕7 号' }),
    );
    expect(established.counts).toBe(true);
    expect(established.queued).toBeGreaterThanOrEqual(1);
    const again = await addRecord(
      intake,
      record('thief', { kind: 'theft', decisionNo: '淮电查〔2026〕7 号' }),
    );
    expect(again).toMatchObject({ recordId: established.recordId, queued: 0 });
    const { standing, downgrades, grades } = await customers.fileOf('thief');
    expect(standing).toMatchObject({ grade: 'A' });
    expect(downgrades.map((one) => `${String(one['scheme'])} ${String(one['to'])}`)).toContain('grade D');
    expect(grades[0]).toMatchObject({ grade: 'D', code: 'offence', cause: 'major-change' });
    expect(grades[0]?.why.zh).toContain('窃电');
    // Withdrawn by those who established it, by another person: what waited is gone.
    const act = { recordId: established.recordId, cause: 'decision-withdrawn' as const, reason: '复议撤销' };
    await expect(annulRecord(intake, { ...act, by: 'crew-wu' })).rejects.toThrow(/four-eyes/);
    await annulRecord(intake, { ...act, by: 'credit-he' });
    const after = await customers.fileOf('thief');
    expect(after.downgrades.every((one) => one['status'] === 'withdrawn')).toBe(true);
    expect(after.records.find(({ recordId }) => recordId === established.recordId)).toMatchObject({
      counts: false,
    });
    expect(after.grades[0]).toMatchObject({ grade: 'A' });
  });

  test('K4.2: papers, and accounts of one customer', async () => {
    await addDocument(intake, {
      accountNo: no('old'),
      kind: '营业执照',
      sha256: 'a'.repeat(64),
      note: '复印件',
      handedInBy: 'customer',
      by: 'credit-he',
    });
    expect((await customers.fileOf('old')).documents).toHaveLength(1);
    await mergeAccounts(intake, {
      fromAccountNo: no('old'),
      intoAccountNo: no('new'),
      reason: '同一用户',
      by: 'credit-he',
    });
    const back = { fromAccountNo: no('new'), intoAccountNo: no('old'), reason: 'x', by: 'credit-he' };
    await expect(mergeAccounts(intake, back)).rejects.toThrow(/merge-in-a-circle/);
    await customers.judge('old');
    const { grades } = await customers.fileOf('new');
    expect(grades[0]).toMatchObject({ grade: 'A', bills: 24 });
  });

  test('G2.1: a file of records: good rows go in, bad ones come back with field and reason, the same file changes nothing', async () => {
    const csv = [
      '户号,类型,发生日期,结果,情况,来源,来源编号,法律依据',
      `${no('good')},检查,${addDays(today, -3)},合格,年度检查,检查班,检-1,`,
      `${no('late')},检查,${addDays(today, -3)},,年度检查,检查班,检-2,`,
      `${no('nobody')},荣誉,${addDays(today, -3)},,表彰,检查班,检-3,`,
      `${no('late')},外部,2026/13/45,不良,失信,法院,法-1,`,
      '',
    ].join('\n');
    const file = () => ({
      stream: Readable.from([Buffer.from(csv)]),
      fileName: 'records.csv',
      centreId: 'centre-1',
      by: 'credit-he',
    });
    const first = await importRecords(intake, file());
    expect(first).toMatchObject({ rowsRead: 4, rowsNew: 1, rowsSame: 0, rowsBad: 3 });
    const rejects = await books.tx((tx) =>
      tx.rows<{ row_no: number; field: string; code: string }>(
        'select row_no, field, code from import_rejects where import_id = $1 order by row_no, field',
        [first.importId],
      ),
    );
    expect(rejects).toEqual([
      { row_no: 3, field: 'outcome', code: 'outcome-missing' },
      { row_no: 4, field: 'account_no', code: 'unknown-account' },
      { row_no: 5, field: 'occurred_on', code: 'not-a-date' },
    ]);
    expect(await importRecords(intake, file())).toMatchObject({ rowsNew: 0, rowsSame: 1, rowsBad: 3 });
  });

  test('G2.1: a month as it was known then, and as it is known now', async () => {
    const lines = await books.tx((tx) =>
      tx.rows<{ grade: string; recorded_at: string }>(
        `select grade, recorded_at from credit_grades where account_id = 'thief' order by n`,
      ),
    );
    expect(lines.map(({ grade }) => grade)).toEqual(['A', 'D', 'A']);
    const readAt = (knownAt: string | null) =>
      books.tx((tx) => readGradeLines(tx, { accountId: 'thief', knownAt, limit: 1 }));
    const then = new Date(Date.parse(lines[1]?.recorded_at ?? '') + 1).toISOString();
    expect(await readAt(then)).toMatchObject([{ grade: 'D', code: 'offence' }]);
    expect(await readAt(null)).toMatchObject([{ grade: 'A' }]);
  });
});
